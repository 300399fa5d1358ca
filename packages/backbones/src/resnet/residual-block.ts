import { inSequence, relu, type ParameterScope } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import type { Layer } from '../backbone/stages.js';
import { convolutionAndNorm } from '../backbone/convolution-and-norm.js';

export interface ResidualBlockOptions {
  inputs: number;
  width: number;
  strides: number;
}

/** Two 3x3 convolutions beside the identity, or beside a 1x1 convolution where the shape changes. */
export function basicBlock(scope: ParameterScope, { inputs, width, strides }: ResidualBlockOptions): Layer {
  const first = convolutionAndNorm(scope, {
    names: ['conv1', 'bn1'],
    inputs,
    outputs: width,
    size: 3,
    strides,
    activation: 'relu',
  });
  const second = convolutionAndNorm(scope, {
    names: ['conv2', 'bn2'],
    inputs: width,
    outputs: width,
    size: 3,
  });
  const shortcut = makeShortcut(scope, { inputs, outputs: width, strides });
  return besideShortcut([first], second, shortcut);
}

/** 1x1, 3x3 and 1x1 convolutions; the stride sits in the 3x3 one, as torchvision has it (ResNet v1.5). */
export function bottleneck(scope: ParameterScope, { inputs, width, strides }: ResidualBlockOptions): Layer {
  const outputs = 4 * width;
  const reduce = convolutionAndNorm(scope, {
    names: ['conv1', 'bn1'],
    inputs,
    outputs: width,
    size: 1,
    activation: 'relu',
  });
  const middle = convolutionAndNorm(scope, {
    names: ['conv2', 'bn2'],
    inputs: width,
    outputs: width,
    size: 3,
    strides,
    activation: 'relu',
  });
  const expand = convolutionAndNorm(scope, { names: ['conv3', 'bn3'], inputs: width, outputs, size: 1 });
  const shortcut = makeShortcut(scope, { inputs, outputs, strides });
  return besideShortcut([reduce, middle], expand, shortcut);
}

/** The layers one after the other, their sum with the shortcut, and a ReLU. */
function besideShortcut(layers: readonly Layer[], last: Layer, shortcut: Layer): Layer {
  return (x, training) => {
    const steps = layers.map((layer) => (y: Tensor) => layer(y, training));
    return inSequence(x, [...steps, (y) => last(y, training, { plus: shortcut(x, training) }), relu]);
  };
}

function makeShortcut(
  scope: ParameterScope,
  { inputs, outputs, strides }: { inputs: number; outputs: number; strides: number },
): Layer {
  if (inputs === outputs && strides === 1) {
    return (x) => x;
  }
  return convolutionAndNorm(scope, {
    names: ['downsample.0', 'downsample.1'],
    inputs,
    outputs,
    size: 1,
    strides,
  });
}

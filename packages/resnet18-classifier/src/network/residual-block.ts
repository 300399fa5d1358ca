import { add, relu } from '@fractura/tfjs-engine';
import { convolutionAndNorm, type Layer } from './convolution-and-norm.js';
import type { StateScope } from './state-scope.js';

export interface ResidualBlockOptions {
  inputs: number;
  width: number;
  strides: number;
}

/** Two 3x3 convolutions beside the identity, or beside a 1x1 convolution where the shape changes. */
export function basicBlock(scope: StateScope, { inputs, width, strides }: ResidualBlockOptions): Layer {
  const first = convolutionAndNorm(scope, {
    names: ['conv1', 'bn1'],
    inputs,
    outputs: width,
    size: 3,
    strides,
    relu: true,
  });
  const second = convolutionAndNorm(scope, {
    names: ['conv2', 'bn2'],
    inputs: width,
    outputs: width,
    size: 3,
    relu: false,
  });
  const shortcut = makeShortcut(scope, { inputs, outputs: width, strides });
  return (x, training) => relu(add(second(first(x, training), training), shortcut(x, training)));
}

/** 1x1, 3x3 and 1x1 convolutions; the stride sits in the 3x3 one, as torchvision has it (ResNet v1.5). */
export function bottleneck(scope: StateScope, { inputs, width, strides }: ResidualBlockOptions): Layer {
  const outputs = 4 * width;
  const reduce = convolutionAndNorm(scope, { names: ['conv1', 'bn1'], inputs, outputs: width, size: 1, relu: true });
  const middle = convolutionAndNorm(scope, {
    names: ['conv2', 'bn2'],
    inputs: width,
    outputs: width,
    size: 3,
    strides,
    relu: true,
  });
  const expand = convolutionAndNorm(scope, { names: ['conv3', 'bn3'], inputs: width, outputs, size: 1, relu: false });
  const shortcut = makeShortcut(scope, { inputs, outputs, strides });
  return (x, training) => relu(add(expand(middle(reduce(x, training), training), training), shortcut(x, training)));
}

function makeShortcut(
  scope: StateScope,
  { inputs, outputs, strides }: { inputs: number; outputs: number; strides: number },
): Layer {
  if (inputs === outputs && strides === 1) return (x) => x;
  return convolutionAndNorm(scope, {
    names: ['downsample.0', 'downsample.1'],
    inputs,
    outputs,
    size: 1,
    strides,
    relu: false,
  });
}

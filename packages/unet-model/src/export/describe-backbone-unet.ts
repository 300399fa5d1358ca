import { describeBackbone, type BackboneStep, type FoldedNorm } from '@fractura/backbones';
import type { BackboneUnetArchitecture } from '../network/backbone-unet-architecture.js';
import { normEpsilon } from '../network/backbone-decoder.js';
import type { GraphOutput, GraphStep, NetworkGraph } from './network-graph.js';

/** The operations of `buildBackboneUnet`'s network, its batch norms folded into the convolutions. */
export function describeBackboneUnet(
  { backbone: name, decoderChannels, presence, outputSize }: Required<BackboneUnetArchitecture>,
  outputChannels: number,
): NetworkGraph {
  const backbone = describeBackbone({ name, input: 'input', prefix: 'encoder.' });
  const folds: FoldedNorm[] = [];
  const steps = backbone.steps.map((step) => withFoldedNorm(step, folds));
  const { maps } = backbone;
  const add = (step: GraphStep) => {
    steps.push(step);
    return step.output;
  };

  let x = maps.at(-1)!;
  decoderChannels.forEach((_, level) => {
    const own = `decoder.${level}`;
    x = add({ operation: 'upsample', method: 'nearest', inputs: [x], output: `${own}.upsampled` });
    x = add({ operation: 'concatenate', inputs: [x, maps[maps.length - 2 - level]], output: `${own}.joined` });
    for (const order of [1, 2]) {
      const [convolution, norm] = [`${own}.conv${order}`, `${own}.bn${order}`];
      folds.push({ convolution, norm, epsilon: normEpsilon });
      x = add({ ...folded(convolution), inputs: [x], output: norm, strides: [1, 1], padding: [1, 1] });
      x = add({ operation: 'relu', inputs: [x], output: `${norm}.activated` });
    }
  });
  const isHalf = outputSize === 'half';
  x = add({
    ...folded('segmentation'),
    inputs: [x],
    output: isHalf ? 'logits' : 'segmentation',
    strides: [1, 1],
    padding: [0, 0],
  });
  if (!isHalf) {
    add({ operation: 'upsample', method: 'bilinear', inputs: [x], output: 'logits' });
  }
  const outputs: GraphOutput[] = [{ name: 'logits', channels: outputChannels, shape: outputSize }];
  if (presence > 0) {
    const pooled = add({ operation: 'globalAveragePool', inputs: [maps.at(-1)!], output: 'presence.pooled' });
    const tensors = { kernel: 'presence.weight', bias: 'presence.bias' };
    add({ operation: 'dense', ...tensors, inputs: [pooled], output: 'presence' });
    outputs.push({ name: 'presence', channels: presence, shape: 'row' });
  }
  return { spatialRank: 2, steps, outputs, folds };
}

/** A convolution whose norm has become its bias. */
const folded = (module: string) =>
  ({ operation: 'convolution', kernel: `${module}.weight`, bias: `${module}.bias` }) as const;

function withFoldedNorm(step: BackboneStep, folds: FoldedNorm[]): GraphStep {
  if (step.operation !== 'convolutionAndNorm') {
    return step;
  }
  const { fold, inputs, output, strides, padding, depthwise } = step;
  folds.push(fold);
  return {
    ...folded(fold.convolution),
    inputs,
    output,
    depthwise,
    strides: [strides, strides],
    padding: padding === 'same' ? padding : [padding, padding],
  };
}

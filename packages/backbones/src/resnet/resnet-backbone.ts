import { maxPool, type ParameterScope } from '@fractura/tfjs-training';
import type { Backbone } from '../backbone/backbone.js';
import { backboneOf, buildStage, type Layer } from '../backbone/stages.js';
import { architectureOf, layerWidths, type ResnetDepth } from './architecture.js';
import { convolutionAndNorm } from '../backbone/convolution-and-norm.js';
import { basicBlock, bottleneck } from './residual-block.js';

export interface ResnetBackboneOptions {
  /** Default 18. */
  depth?: ResnetDepth;
  inputChannels: number;
}

/**
 * torchvision's ResNet without its head, in a scope of a network: feature maps at strides 2 (`conv1`), 4, 8, 16 and 32 (`layer1` to
 * `layer4`).
 *
 * @throws BackbonesError `depth-unsupported`
 * @see He et al., arXiv:1512.03385, table 1; torchvision/models/resnet.py
 */
export function resnetBackbone(scope: ParameterScope, { depth = 18, inputChannels }: ResnetBackboneOptions): Backbone {
  const { block, blocks, expansion } = architectureOf(depth);
  const buildBlock = block === 'basic' ? basicBlock : bottleneck;
  const stem = buildStage(scope, { stride: 2, channels: layerWidths[0] }, () => [
    convolutionAndNorm(scope, {
      names: ['conv1', 'bn1'],
      inputs: inputChannels,
      outputs: layerWidths[0],
      size: 7,
      strides: 2,
      activation: 'relu',
    }),
  ]);
  const pool: Layer = (x) => maxPool(x, { size: 3, strides: 2, padding: 1 });
  let inputs: number = layerWidths[0];
  const stages = layerWidths.map((width, layer) =>
    buildStage(scope, { stride: 4 * 2 ** layer, channels: width * expansion }, () => {
      const built = Array.from({ length: blocks[layer] }, (_, b) => {
        const strides = b === 0 && layer > 0 ? 2 : 1;
        const layers = buildBlock(scope.within(`layer${layer + 1}.${b}`), { inputs, width, strides });
        inputs = width * expansion;
        return layers;
      });
      return layer === 0 ? [pool, ...built] : built;
    }),
  );
  return backboneOf([stem, ...stages]);
}

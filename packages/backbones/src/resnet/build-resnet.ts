import { dense, globalAveragePool, ParameterScope, zeros, type StateDict } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import { requirePositiveInteger, type Classifier } from '../classifier/classifier.js';
import { withWeights } from '../classifier/with-weights.js';
import { architectureOf, layerWidths, type ResnetDepth } from './architecture.js';
import { torchvisionInitialiser } from './initial-values.js';
import { resnetBackbone } from './resnet-backbone.js';

export interface BuildResnetOptions {
  /** Default 18. */
  depth?: ResnetDepth;
  inputChannels: number;
  classes: number;
  /** Seed of the initial weights; default 0. */
  seed?: number;
  /** Weights to build with, by torchvision's names, in place of initial ones. */
  weights?: StateDict;
}

/** An image classifier: a backbone, the mean over positions and a dense layer. */
export interface Resnet extends Classifier {
  readonly depth: ResnetDepth;
}

/**
 * Builds torchvision's `resnet18`, 34, 50, 101 or 152, with its initial weights or with given ones.
 *
 * @throws BackbonesError `depth-unsupported`, `option-invalid`
 * @throws TfjsTrainingError `weights-missing`, `weights-unexpected`, `weights-shape`
 * @see He et al., arXiv:1512.03385; torchvision/models/resnet.py, ResNet
 */
export function buildResnet({ depth = 18, inputChannels, classes, seed = 0, weights }: BuildResnetOptions): Resnet {
  requirePositiveInteger('inputChannels', inputChannels);
  requirePositiveInteger('classes', classes);
  const featureCount = layerWidths[3] * architectureOf(depth).expansion;
  const scope = new ParameterScope(weights ? zeros : torchvisionInitialiser(seed, featureCount));
  const backbone = resnetBackbone(scope, { depth, inputChannels });
  const head = scope.within('fc');
  const headKernel = head.parameter('weight', 'denseKernel', [classes, featureCount]);
  const headBias = head.parameter('bias', 'denseBias', [classes]);
  const classify = (lastFeatures: Tensor) => dense(globalAveragePool(lastFeatures), headKernel, headBias);

  const network: Resnet = {
    ...backbone,
    depth,
    inputChannels,
    classes,
    parameters: scope.parameters,
    state: scope.state,
    forward: (x, options) => classify(backbone.lastFeatures(x, options)),
    classify,
    dispose: () => {
      scope.dispose();
    },
  };
  return withWeights(network, weights);
}

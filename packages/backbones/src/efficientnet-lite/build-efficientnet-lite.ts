import { dense, globalAveragePool, inSequence, ParameterScope, zeros, type StateDict } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import type { RunBackboneOptions } from '../backbone/backbone.js';
import { requirePositiveInteger, type Classifier } from '../classifier/classifier.js';
import { withWeights } from '../classifier/with-weights.js';
import { headChannels, type EfficientnetLiteVersion } from './architecture.js';
import { sameConvolutionAndNorm } from './same-convolution-and-norm.js';
import { efficientnetLiteBackbone } from './efficientnet-lite-backbone.js';
import { efficientnetInitialiser } from './initial-values.js';

export interface BuildEfficientnetLiteOptions {
  /** Default 0. */
  version?: EfficientnetLiteVersion;
  inputChannels: number;
  classes: number;
  /** Seed of the initial weights; default 0. */
  seed?: number;
  /** Weights to build with, by the published names, in place of initial ones. */
  weights?: StateDict;
}

/** An image classifier: a backbone, a 1x1 convolution to 1280 channels, the mean over positions and a dense layer. */
export interface EfficientnetLite extends Classifier {
  readonly version: EfficientnetLiteVersion;
}

/**
 * Builds EfficientNet-Lite 0, 1, 2, 3 or 4, with its initial weights or with given ones. Stochastic depth and dropout, which the
 * published training adds, are left out: in training this network computes what it computes in use, but for its batch norms.
 *
 * @throws BackbonesError `version-unsupported`, `option-invalid`
 * @throws TfjsTrainingError `weights-missing`, `weights-unexpected`, `weights-shape`
 * @see Tan and Le, EfficientNet, arXiv:1905.11946; efficientnet_lite_pytorch/model.py, EfficientNet
 */
export function buildEfficientnetLite({
  version = 0,
  inputChannels,
  classes,
  seed = 0,
  weights,
}: BuildEfficientnetLiteOptions): EfficientnetLite {
  requirePositiveInteger('inputChannels', inputChannels);
  requirePositiveInteger('classes', classes);
  const scope = new ParameterScope(weights ? zeros : efficientnetInitialiser(seed));
  const backbone = efficientnetLiteBackbone(scope, { version, inputChannels });
  const widen = sameConvolutionAndNorm(scope, {
    names: ['_conv_head', '_bn1'],
    inputs: backbone.stages.at(-1)!.channels,
    outputs: headChannels,
    size: 1,
    activation: 'relu6',
  });
  const head = scope.within('_fc');
  const kernel = head.parameter('weight', 'denseKernel', [classes, headChannels]);
  const bias = head.parameter('bias', 'denseBias', [classes]);
  const classify = (lastFeatures: Tensor, { training = false }: RunBackboneOptions = {}) =>
    inSequence(lastFeatures, [
      (features) => widen(features, training),
      (features: Tensor) => dense(globalAveragePool(features), kernel, bias),
    ]);
  const network: EfficientnetLite = {
    ...backbone,
    version,
    inputChannels,
    classes,
    parameters: scope.parameters,
    state: scope.state,
    forward: (x, options = {}) =>
      inSequence(x, [
        (image) => backbone.lastFeatures(image, options),
        (features: Tensor) => classify(features, options),
      ]),
    classify,
    dispose: () => {
      scope.dispose();
    },
  };
  return withWeights(network, weights);
}

import type { ParameterScope } from '@fractura/tfjs-training';
import { convolutionAndNorm, type ConvolutionAndNormOptions } from '../backbone/convolution-and-norm.js';
import type { Layer } from '../backbone/stages.js';

/** Padded as TensorFlow does it, with the batch norms' constants of the published networks: TensorFlow's momentum is 0.99. */
const published = { padding: 'same', epsilon: 1e-3, momentum: 0.01 } as const;

/** A convolution and its batch norm as EfficientNet-Lite has them. */
export function sameConvolutionAndNorm(scope: ParameterScope, options: ConvolutionAndNormOptions): Layer {
  return convolutionAndNorm(scope, { ...options, ...published });
}

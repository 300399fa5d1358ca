import * as tf from '@tensorflow/tfjs';

import type { Kernels } from '../contract/kernels.js';
import { thenActivated, type Activations } from '../contract/then-activated.js';
import { convolve, convolveBackInput, convolveBackKernel } from './convolution.js';
import { convolutionForUse } from './convolution-for-use.js';
import { convolveDepthwise, convolveDepthwiseBackInput, convolveDepthwiseBackKernel } from './depthwise-convolution.js';
import { batchNormalise, instanceNormalise, normaliseWith } from './normalisation.js';
import { adamUpdate, nesterovUpdate } from './optimizer-updates.js';
import { averagePool, averagePoolBack, maxPool, maxPoolBack } from './pooling.js';
import { sumAllPositions } from './sum-positions.js';
import { convolveTransposed, convolveTransposedBack } from './transposed-convolution.js';
import { upsampleNearest, upsampleNearestBack } from './upsampling.js';

const activations: Activations = {
  relu: (x) => tf.relu(x),
  reluBack: (dy, output) => tf.mul(dy, tf.step(output)),
  relu6: (x) => tf.relu6(x),
  relu6Back: (dy, output) => tf.mul(dy, tf.sub(tf.step(output), tf.cast(tf.greaterEqual(output, 6), 'float32'))),
  leakyRelu: (x, slope) => tf.leakyRelu(x, slope),
  leakyReluBack: (dy, output, slope) => tf.mul(dy, tf.step(output, slope)),
};

/** The kernels composed of what every TensorFlow.js backend has. */
export const composedKernels: Kernels = {
  // float32 alone: no other engine has reduced numbers, and `differentiate` refuses them there.
  precisionOf: () => 'float32',
  cast: (x) => x,
  convolve,
  convolveBackInput,
  convolveBackKernel,
  convolveDepthwise,
  convolveDepthwiseBackInput,
  convolveDepthwiseBackKernel,
  convolveTransposed,
  convolveTransposedBack,
  addBias: (x, bias) => tf.add(x, bias),
  ...convolutionForUse(activations),
  sumOverPositions: sumAllPositions,
  instanceNormalise: thenActivated(instanceNormalise, activations),
  batchNormalise: thenActivated(batchNormalise, activations),
  normaliseWith: thenActivated(normaliseWith, activations),
  ...activations,
  maxPool,
  maxPoolBack,
  averagePool,
  averagePoolBack,
  upsampleNearest,
  upsampleNearestBack,
  sumOfSquares: (x) => tf.sum(tf.square(x)),
  sumOfScalars: (terms) => tf.addN(terms),
  nesterovUpdate,
  adamUpdate,
};

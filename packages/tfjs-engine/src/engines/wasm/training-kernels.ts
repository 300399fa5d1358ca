import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';

import { convolve2DBackInput, convolve2DBackKernel, type Convolution2D } from './convolution-gradients.js';

/** Gives the WASM backend the kernels of training that it lacks or does slowly, composed of its fast ones. Once is enough. */
export function registerTrainingKernels(): void {
  const backendName = 'wasm';
  for (const kernelName of ['Conv2DBackpropInput', 'Conv2DBackpropFilter', 'UnsortedSegmentSum']) {
    if (tf.getKernel(kernelName, backendName)) tf.unregisterKernel(kernelName, backendName);
  }
  tf.registerKernel({
    kernelName: 'Conv2DBackpropInput',
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const { dy, filter } = inputs as unknown as { dy: Tensor4D; filter: Tensor4D };
      const { inputShape } = attrs as unknown as { inputShape: Shape4D };
      const geometry = geometryOf(inputShape, filter.shape, attrs as unknown as ConvolutionAttributes);
      return tf.tidy(() => convolve2DBackInput(tensorOf(dy), tensorOf(filter), inputShape, geometry));
    },
  });
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as unknown as { x: Tensor4D; dy: Tensor4D };
      const { filterShape } = attrs as unknown as { filterShape: Shape4D };
      const geometry = geometryOf(x.shape, filterShape, attrs as unknown as ConvolutionAttributes);
      return tf.tidy(() => convolve2DBackKernel(tensorOf(x), tensorOf(dy), filterShape, geometry));
    },
  });
  tf.registerKernel({
    kernelName: 'UnsortedSegmentSum',
    backendName,
    kernelFunc: ({ inputs, attrs }) => {
      const { x, segmentIds } = inputs as unknown as { x: Tensor; segmentIds: Tensor };
      const { numSegments } = attrs as unknown as { numSegments: number };
      return tf.tidy(() => unsortedSegmentSum(tensorOf(x), tensorOf(segmentIds), numSegments));
    },
  });
}

type Shape4D = [number, number, number, number];

interface ConvolutionAttributes {
  strides: number | [number, number];
  pad: 'valid' | 'same' | number;
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function geometryOf(
  inputShape: Shape4D,
  filterShape: Shape4D,
  { strides, pad, dataFormat, dimRoundingMode }: ConvolutionAttributes,
): Convolution2D {
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
    false,
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  );
  const { top, left } = info.padInfo;
  return { strides: [info.strideHeight, info.strideWidth], before: [top, left] };
}

/** Each row of x is added to the output row that its id names: a matrix product with the ids as one-hot rows. */
function unsortedSegmentSum(x: Tensor, segmentIds: Tensor, numSegments: number): Tensor {
  const rows = segmentIds.size;
  const oneHot = tf.oneHot(tf.reshape(segmentIds, [rows]), numSegments, 1, 0, 'float32');
  const sums = tf.matMul(oneHot, tf.reshape(tf.cast(x, 'float32'), [rows, -1]), true, false);
  return tf.cast(tf.reshape(sums, [numSegments, ...x.shape.slice(segmentIds.rank)]), x.dtype);
}

/**
 * Kernels receive plain tensor data; composing them takes tensors again. The caller owns the data: without a reference of its
 * own, the tensor would take them along when the scope around the kernel ends.
 */
function tensorOf<T extends Tensor>(info: T): T {
  tf.backend().incRef(info.dataId);
  return tf.engine().makeTensorFromTensorInfo(info) as T;
}

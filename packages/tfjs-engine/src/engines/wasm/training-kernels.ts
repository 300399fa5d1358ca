import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs';

import { convolve3D, convolve3DBackInput, convolve3DBackKernel, type Convolution3D } from './convolution-3d.js';
import { convolve2DBackInput, convolve2DBackKernel } from './convolution-gradients.js';
import { depthwiseBackFilter, depthwiseBackInput } from './depthwise-gradients.js';
import type { Convolution2D, Shape4D } from './gradient-frames.js';
import { explicitSamePadding, type SamePadding } from './same-padding.js';
import { unsortedSegmentSum } from './segment-sum.js';
import { maxPoolBack, type Pooling } from './max-pool-gradient.js';

const backendName = 'wasm';

let registered = false;

/** Gives the WASM backend the kernels of training that it lacks, does slowly or does wrong, composed of its fast ones. */
export function registerTrainingKernels(): void {
  if (registered) {
    return;
  }
  registered = true;
  paddedWhereNeeded();
  replaceKernel(
    'Conv2DBackpropInput',
    (
      { dy, filter }: { dy: Tensor4D; filter: Tensor4D },
      attributes: ConvolutionAttributes & { inputShape: Shape4D },
    ) => {
      const { inputShape } = attributes;
      return convolve2DBackInput(dy, filter, inputShape, geometryOf(inputShape, filter.shape, attributes));
    },
  );
  replaceKernel(
    'Conv2DBackpropFilter',
    ({ x, dy }: { x: Tensor4D; dy: Tensor4D }, attributes: ConvolutionAttributes & { filterShape: Shape4D }) => {
      const { filterShape } = attributes;
      return convolve2DBackKernel(x, dy, filterShape, geometryOf(x.shape, filterShape, attributes));
    },
  );
  replaceKernel('Conv3D', ({ x, filter }: { x: Tensor5D; filter: Tensor5D }, attributes: Convolution3DAttributes) =>
    convolve3D(x, filter, geometry3DOf(x.shape, filter.shape, attributes)),
  );
  replaceKernel(
    'Conv3DBackpropInputV2',
    (
      { dy, filter }: { dy: Tensor5D; filter: Tensor5D },
      attributes: Convolution3DAttributes & { inputShape: Shape5D },
    ) => {
      const { inputShape } = attributes;
      return convolve3DBackInput(dy, filter, inputShape, geometry3DOf(inputShape, filter.shape, attributes));
    },
  );
  replaceKernel(
    'Conv3DBackpropFilterV2',
    ({ x, dy }: { x: Tensor5D; dy: Tensor5D }, attributes: Convolution3DAttributes & { filterShape: Shape5D }) => {
      const { filterShape } = attributes;
      return convolve3DBackKernel(x, dy, filterShape, geometry3DOf(x.shape, filterShape, attributes));
    },
  );
  replaceKernel(
    'DepthwiseConv2dNativeBackpropInput',
    ({ dy, filter }: { dy: Tensor4D; filter: Tensor4D }, attributes: DepthwiseAttributes & { inputShape: Shape4D }) => {
      const { inputShape } = attributes;
      return depthwiseBackInput(dy, filter, inputShape, depthwiseGeometryOf(inputShape, filter.shape, attributes));
    },
  );
  replaceKernel(
    'DepthwiseConv2dNativeBackpropFilter',
    ({ x, dy }: { x: Tensor4D; dy: Tensor4D }, attributes: DepthwiseAttributes & { filterShape: Shape4D }) => {
      const { filterShape } = attributes;
      return depthwiseBackFilter(x, dy, filterShape, depthwiseGeometryOf(x.shape, filterShape, attributes));
    },
  );
  replaceKernel(
    'MaxPoolGrad',
    ({ dy, input, output }: { dy: Tensor4D; input: Tensor4D; output: Tensor4D }, attributes: PoolingAttributes) =>
      maxPoolBack(dy, input, output, poolingOf(input.shape, attributes)),
  );
  replaceKernel(
    'UnsortedSegmentSum',
    ({ x, segmentIds }: { x: Tensor; segmentIds: Tensor }, { numSegments }: { numSegments: number }) =>
      unsortedSegmentSum(x, segmentIds, numSegments),
  );
}

/** The backend's own convolution stays, its padding written out where it would come out wrong. */
function paddedWhereNeeded(): void {
  const own = tf.getKernel('Conv2D', backendName);
  tf.unregisterKernel('Conv2D', backendName);
  tf.registerKernel({
    ...own,
    kernelFunc: (call) => {
      const { x, filter } = call.inputs as unknown as { x: Tensor4D; filter: Tensor4D };
      const attrs = call.attrs as unknown as SamePadding;
      const margins = explicitSamePadding(x, filter, attrs);
      if (margins === undefined) {
        return own.kernelFunc(call);
      }
      const padded = tf.tidy(() => tf.pad(tensorOf(x), margins));
      const inputs = { x: padded, filter: call.inputs.filter };
      const output = own.kernelFunc({ ...call, inputs, attrs: { ...call.attrs, pad: 'valid' } });
      padded.dispose();
      return output;
    },
  });
}

/** Registers a kernel of ours in place of the backend's own. */
function replaceKernel(kernelName: string, compute: (inputs: never, attributes: never) => Tensor): void {
  if (tf.getKernel(kernelName, backendName)) {
    tf.unregisterKernel(kernelName, backendName);
  }
  tf.registerKernel({
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => {
        const tensors = Object.entries(inputs).map(([name, info]) => [name, tensorOf(info as Tensor)] as const);
        return compute(Object.fromEntries(tensors) as never, attrs as never);
      }),
  });
}

type Shape5D = [number, number, number, number, number];

interface ConvolutionAttributes {
  strides: number | [number, number];
  pad: 'valid' | 'same' | number;
  dataFormat: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type DepthwiseAttributes = Omit<ConvolutionAttributes, 'dataFormat'>;

interface Convolution3DAttributes {
  strides: number | [number, number, number];
  pad: 'valid' | 'same';
}

interface PoolingAttributes {
  filterSize: [number, number];
  strides: [number, number];
  pad: 'valid' | 'same' | number;
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

const depthwiseGeometryOf = (inputShape: Shape4D, filterShape: Shape4D, attributes: DepthwiseAttributes) =>
  // Where a window lies does not depend on the channels.
  geometryOf(inputShape, [filterShape[0], filterShape[1], inputShape[3], 1], { ...attributes, dataFormat: 'NHWC' });

function geometry3DOf(
  inputShape: Shape5D,
  filterShape: Shape5D,
  { strides, pad }: Convolution3DAttributes,
): Convolution3D {
  const info = tf.backend_util.computeConv3DInfo(inputShape, filterShape, strides, 1, pad);
  const { front, top, left } = info.padInfo;
  return {
    strides: [info.strideDepth, info.strideHeight, info.strideWidth],
    before: [front, top, left],
    outSize: [info.outDepth, info.outHeight, info.outWidth],
  };
}

function poolingOf(inputShape: Shape4D, { filterSize, strides, pad, dimRoundingMode }: PoolingAttributes): Pooling {
  const info = tf.backend_util.computePool2DInfo(inputShape, filterSize, strides, 1, pad, dimRoundingMode);
  const { top, left } = info.padInfo;
  return {
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    before: [top, left],
  };
}

/**
 * Kernels receive plain tensor data; composing them takes tensors again. The caller owns the data: without a reference of its
 * own, the tensor would take them along when the scope around the kernel ends.
 */
function tensorOf<T extends Tensor>(info: T): T {
  tf.backend().incRef(info.dataId);
  return tf.engine().makeTensorFromTensorInfo(info) as T;
}

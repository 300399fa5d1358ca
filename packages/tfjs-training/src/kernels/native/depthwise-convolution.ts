import type { ConvolutionGeometry } from '../../shapes/geometry.js';
import {
  convolveDepthwise as composed,
  convolveDepthwiseBackInput as composedBackInput,
  convolveDepthwiseBackKernel as composedBackKernel,
} from '../composed/depthwise-convolution.js';
import type { Kernels } from '../contract/kernels.js';
import { execute } from './execute.js';
import { takesFused } from './takes-fused.js';

/** Operations of our own: TensorFlow's go through the windows number by number. */
export const convolveDepthwise: Kernels['convolveDepthwise'] = (x, kernel, geometry) =>
  takesFused(x)
    ? execute('FracturaDepthwise', [x, kernel], { integers: convolutionSteps(geometry) })[0]
    : composed(x, kernel, geometry);

export const convolveDepthwiseBackInput: Kernels['convolveDepthwiseBackInput'] = (dy, kernel, inputShape, geometry) => {
  if (!takesFused(dy)) {
    return composedBackInput(dy, kernel, inputShape, geometry);
  }
  const [, height, width] = inputShape;
  return execute('FracturaDepthwiseGradInput', [dy, kernel], {
    integers: { ...convolutionSteps(geometry), height, width },
  })[0];
};

/** float32, as the sums are. */
export const convolveDepthwiseBackKernel: Kernels['convolveDepthwiseBackKernel'] = (x, dy, kernelShape, geometry) => {
  if (!takesFused(x)) {
    return composedBackKernel(x, dy, kernelShape, geometry);
  }
  const [rows, columns] = geometry.kernelSize;
  return execute('FracturaDepthwiseGradKernel', [x, dy], {
    types: ['T', 'U'],
    integers: { ...convolutionSteps(geometry), rows, columns },
  })[0];
};

/** The steps of a convolution and the zeros around its input, as our own operations name them. */
export function convolutionSteps({ strides, margins }: ConvolutionGeometry): Record<string, number> {
  const [[top, bottom], [left, right]] = margins;
  return { row_stride: strides[0], column_stride: strides[1], top, bottom, left, right };
}

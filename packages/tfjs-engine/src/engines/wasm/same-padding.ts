import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

/** What decides where zeros stand around a 2D convolution's input. */
export interface SamePadding {
  strides: number | [number, number];
  dilations?: number | [number, number];
  pad: unknown;
}

/**
 * The zeros that SAME puts around the input, where WASM's convolution would lose its way: it subtracts without a sign where
 * the kernel is smaller than the stride, and then gives zeros (4.22.0). Undefined where it can be trusted.
 */
export function explicitSamePadding(
  x: Tensor4D,
  filter: Tensor4D,
  { strides, dilations = 1, pad }: SamePadding,
): [number, number][] | undefined {
  if (pad !== 'same') {
    return undefined;
  }
  const info = tf.backend_util.computeConv2DInfo(x.shape, filter.shape, strides, dilations, 'same');
  if (info.effectiveFilterHeight >= info.strideHeight && info.effectiveFilterWidth >= info.strideWidth) {
    return undefined;
  }
  const { top, bottom, left, right } = info.padInfo;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

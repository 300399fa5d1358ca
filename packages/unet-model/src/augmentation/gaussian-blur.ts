import { roundHalfToEven } from '@fractura/python-compat';
import { filterAxis, type AxisTaps } from './filter-axis.js';

/**
 * Weights exp(-x^2 / 2 sigma^2), summing to 1; as many as the odd number nearest to 6 sigma + 0.5.
 *
 * @see nnU-Net: batchgeneratorsv2/transforms/noise/gaussian_blur.py, GaussianBlurTransform
 */
export function blurKernel(sigma: number): Float64Array {
  const wanted = 6 * sigma + 0.5;
  const rounded = roundHalfToEven(wanted);
  const size = rounded % 2 === 1 ? rounded : wanted >= rounded ? rounded + 1 : rounded - 1;
  const kernel = Float64Array.from({ length: size }, (_, i) => Math.exp(-0.5 * ((i - (size - 1) / 2) / sigma) ** 2));
  const sum = kernel.reduce((total, value) => total + value, 0);
  return kernel.map((value) => value / sum);
}

/** Blurs a channel `[z, y, x]` along axes with a standard deviation in voxels for each, in place; borders are reflected. */
export function gaussianBlur(
  channel: Float32Array,
  sizeZYX: readonly number[],
  axes: readonly number[],
  sigmas: readonly number[],
): void {
  axes.forEach((axis, i) => {
    filterAxis(channel, sizeZYX, axis, blurTaps(sizeZYX[axis], blurKernel(sigmas[i])));
  });
}

function blurTaps(extent: number, kernel: Float64Array): AxisTaps {
  const width = kernel.length;
  const taps = { width, index: new Int32Array(extent * width), weight: new Float64Array(extent * width) };
  for (let i = 0; i < extent; i += 1) {
    for (let k = 0; k < width; k += 1) {
      taps.index[i * width + k] = reflect(i + k - (width - 1) / 2, extent);
      taps.weight[i * width + k] = kernel[k];
    }
  }
  return taps;
}

/** The border voxel itself is not repeated: -1 becomes 1. */
function reflect(i: number, extent: number): number {
  if (extent === 1) {
    return 0;
  }
  const period = 2 * (extent - 1);
  const inPeriod = ((i % period) + period) % period;
  return inPeriod < extent ? inPeriod : period - inPeriod;
}

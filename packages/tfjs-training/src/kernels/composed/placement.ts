import { sameMargins, type ConvolutionGeometry, type Margin } from '../../shapes/geometry.js';
import { areNone } from './padding.js';

/** How a geometry is said to TensorFlow.js: what it pads itself, and what is padded first. */
export interface Placement {
  mode: 'same' | 'valid';
  first: readonly Margin[];
}

/** TensorFlow's SAME where that has our margins; else the input is padded first. */
export function placement(size: readonly number[], { kernelSize, strides, margins }: ConvolutionGeometry): Placement {
  const none: Margin[] = margins.map(() => [0, 0]);
  if (areNone(margins)) {
    return { mode: 'valid', first: none };
  }
  const same = sameMargins(size, kernelSize, strides);
  const isSame = margins.every(([before, after], axis) => before === same[axis][0] && after === same[axis][1]);
  return isSame ? { mode: 'same', first: none } : { mode: 'valid', first: margins };
}

/** The shape of the input once it is padded first. */
export const paddedShape = (inputShape: readonly number[], { first }: Placement): number[] =>
  inputShape.map((n, axis) => {
    const [before, after] = first[axis - 1] ?? [0, 0];
    return n + before + after;
  });

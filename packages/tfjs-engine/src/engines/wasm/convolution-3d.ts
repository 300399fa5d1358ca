import * as tf from '@tensorflow/tfjs';
import type { Rank, Tensor4D, Tensor5D } from '@tensorflow/tfjs';

import { convolve2DBackInput, convolve2DBackKernel } from './convolution-gradients.js';

/** Sizes of a 3D convolution in the order depth, height, width. */
export interface Convolution3D {
  strides: readonly [number, number, number];
  /** Zeros in front of, above and left of the input; negative where that many of its positions are skipped. */
  before: readonly [number, number, number];
  outSize: readonly [number, number, number];
}

type Shape4D = [number, number, number, number];
type Shape5D = [number, number, number, number, number];

/**
 * A 3D convolution is a sum over the kernel's planes: each convolves, in 2D, the slices of the input that it meets. The WASM
 * backend is fast in 2D; its own gradients of 3D convolutions are wrong (4.22.0).
 */
export function convolve3D(input: Tensor5D, kernel: Tensor5D, given: Convolution3D): Tensor5D {
  const [x, geometry] = withoutSkipped(input, given);
  const [, height, width] = geometry.outSize;
  const margins = inPlaneMargins(x.shape, kernel.shape, geometry);
  const terms = planesOf(kernel).map((plane, depth) =>
    tf.conv2d(
      fitInPlane(slicesMet(x, depth, kernel.shape[0], geometry), margins),
      plane,
      inPlane(geometry.strides),
      'valid',
    ),
  );
  return tf.reshape(tf.addN(terms), [x.shape[0], geometry.outSize[0], height, width, kernel.shape[4]]);
}

/** The gradient with respect to the input: what each plane gives back goes to the slices that it met. */
export function convolve3DBackInput(
  dy: Tensor5D,
  kernel: Tensor5D,
  inputShape: Shape5D,
  given: Convolution3D,
): Tensor5D {
  const [skipped, geometry] = skippedBy(given);
  const seenShape = inputShape.map((extent, axis) => extent - (skipped[axis - 1] ?? 0)) as Shape5D;
  const [batch, depth, height, width, channels] = seenShape;
  const [outDepth] = geometry.outSize;
  const sliceShape: Shape4D = [batch * outDepth, height, width, channels];
  const plain = { strides: inPlane(geometry.strides), before: inPlane(geometry.before) };
  const terms = planesOf(kernel).map((plane, at) => {
    const slices = convolve2DBackInput(asSlices(dy), plane, sliceShape, plain);
    return placeSlices(tf.reshape<Rank.R3>(slices, [batch, outDepth, height * width * channels]), at, depth, geometry);
  });
  const seen = tf.reshape<Rank.R5>(tf.addN(terms), seenShape);
  return skipped.some((n) => n > 0)
    ? tf.pad(seen, [[0, 0], ...skipped.map((n): [number, number] => [n, 0]), [0, 0]])
    : seen;
}

/** The gradient with respect to the kernel, plane by plane. */
export function convolve3DBackKernel(
  input: Tensor5D,
  dy: Tensor5D,
  kernelShape: Shape5D,
  given: Convolution3D,
): Tensor5D {
  const [x, geometry] = withoutSkipped(input, given);
  const [depth, ...planeShape] = kernelShape;
  const plain = { strides: inPlane(geometry.strides), before: inPlane(geometry.before) };
  const planes = Array.from({ length: depth }, (_, at) =>
    convolve2DBackKernel(slicesMet(x, at, depth, geometry), asSlices(dy), planeShape, plain),
  );
  return tf.stack(planes) as Tensor5D;
}

/**
 * TensorFlow.js's SAME begins inside the input in 3D where the kernel is smaller than the stride (4.22.0). What lies before is as
 * if it were not there.
 */
function skippedBy(geometry: Convolution3D): [skipped: number[], geometry: Convolution3D] {
  const [front, top, left] = geometry.before.map((zeros) => Math.max(zeros, 0));
  return [geometry.before.map((zeros) => Math.max(-zeros, 0)), { ...geometry, before: [front, top, left] }];
}

function withoutSkipped(x: Tensor5D, given: Convolution3D): [Tensor5D, Convolution3D] {
  const [skipped, geometry] = skippedBy(given);
  if (skipped.every((n) => n === 0)) {
    return [x, geometry];
  }
  const [front, top, left] = skipped;
  return [tf.slice(x, [0, front, top, left, 0]), geometry];
}

const inPlane = ([, ...rest]: readonly [number, number, number]): [number, number] => rest;

const planesOf = (kernel: Tensor5D): Tensor4D[] => tf.unstack(kernel) as Tensor4D[];

/** Depth becomes part of the batch. */
function asSlices(x: Tensor5D): Tensor4D {
  const [batch, depth, height, width, channels] = x.shape;
  return tf.reshape(x, [batch * depth, height, width, channels]);
}

/** The slices, zeros beyond the ends, that the kernel's plane `at` of `planes` meets: one for each slice of the output. */
function slicesMet(x: Tensor5D, at: number, planes: number, geometry: Convolution3D): Tensor4D {
  const [batch, depth, height, width, channels] = x.shape;
  const [stride] = geometry.strides;
  const [before] = geometry.before;
  const [outDepth] = geometry.outSize;
  const reach = (outDepth - 1) * stride + planes;
  const rows = tf.reshape<Rank.R3>(x, [batch, depth, height * width * channels]);
  const padded = tf.pad(rows, [
    [0, 0],
    [before, Math.max(reach - before - depth, 0)],
    [0, 0],
  ]);
  const met = tf.stridedSlice(
    padded,
    [0, at, 0],
    [batch, at + (outDepth - 1) * stride + 1, rows.shape[2]],
    [1, stride, 1],
  );
  return tf.reshape(met, [batch * outDepth, height, width, channels]);
}

/** The way back: puts `[batch, outDepth, rest]` to the slices `at + stride i - before` of `[batch, depth, rest]`. */
function placeSlices(
  slices: tf.Tensor3D,
  at: number,
  depth: number,
  { strides: [stride], before: [before] }: Convolution3D,
): tf.Tensor3D {
  const [batch, outDepth, rest] = slices.shape;
  const spread = tf.reshape<Rank.R3>(
    tf.pad(tf.reshape<Rank.R4>(slices, [batch, outDepth, 1, rest]), [
      [0, 0],
      [0, 0],
      [0, stride - 1],
      [0, 0],
    ]),
    [batch, outDepth * stride, rest],
  );
  const behind = Math.max(before + depth - at - outDepth * stride, 0);
  const placed = tf.pad(spread, [
    [0, 0],
    [at, behind],
    [0, 0],
  ]);
  return tf.slice(placed, [0, before, 0], [batch, depth, rest]);
}

/** Zeros around each slice, before and after, in height and width. */
function inPlaneMargins(
  [, , ...size]: Shape5D,
  [, ...kernelSize]: Shape5D,
  { strides, before, outSize }: Convolution3D,
): [number, number][] {
  return [0, 1].map((axis): [number, number] => {
    const reach = (outSize[axis + 1] - 1) * strides[axis + 1] + kernelSize[axis];
    return [before[axis + 1], Math.max(reach - before[axis + 1] - size[axis], 0)];
  });
}

function fitInPlane(slices: Tensor4D, [rows, columns]: [number, number][]): Tensor4D {
  return tf.pad(slices, [[0, 0], rows, columns, [0, 0]]);
}

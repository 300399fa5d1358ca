import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';

/** Adds zeros where a margin is positive and cuts where it is negative. */
export function fit(x: Tensor4D, margins: readonly [number, number][]): Tensor4D {
  const [[top, bottom], [left, right]] = margins as [[number, number], [number, number]];
  const [, height, width] = x.shape;
  const cutTop = Math.max(-top, 0);
  const cutLeft = Math.max(-left, 0);
  const kept = tf.slice(
    x,
    [0, cutTop, cutLeft, 0],
    [-1, height - cutTop - Math.max(-bottom, 0), width - cutLeft - Math.max(-right, 0), -1],
  );
  const grow = (n: number): number => Math.max(n, 0);
  return tf.pad(kept, [
    [0, 0],
    [grow(top), grow(bottom)],
    [grow(left), grow(right)],
    [0, 0],
  ]);
}

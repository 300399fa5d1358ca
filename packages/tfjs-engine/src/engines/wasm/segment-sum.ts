import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/**
 * Each row of x is added to the output row that its id names; rows with a negative id, or one beyond the last, to none. Plain
 * additions: as a product with one-hot rows, WASM's OneHot would write outside of its memory for such ids (4.22.0).
 */
export function unsortedSegmentSum(x: Tensor, segmentIds: Tensor, numSegments: number): Tensor {
  const ids = segmentIds.dataSync();
  const values = x.dataSync();
  const width = ids.length === 0 ? 0 : values.length / ids.length;
  const shape = [numSegments, ...x.shape.slice(segmentIds.rank)];
  const sums = new Float32Array(tf.util.sizeFromShape(shape));
  ids.forEach((id: number, row: number) => {
    if (id < 0 || id >= numSegments) {
      return;
    }
    for (let i = 0; i < width; i += 1) {
      sums[id * width + i] += values[row * width + i];
    }
  });
  return tf.tensor(sums, shape, x.dtype);
}

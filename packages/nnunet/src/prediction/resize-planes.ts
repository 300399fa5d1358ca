import { resample } from '@fractura/nnunet-planner';

/** Resizes planes `[planes, height, width]` linearly, as nnU-Net resamples logits; gives them back themselves where the size stays. */
export function resizePlanes(
  data: Float32Array,
  [height, width]: readonly [number, number],
  [newHeight, newWidth]: readonly [number, number],
): Float32Array {
  return resample({
    data,
    shape: [data.length / (height * width), 1, height, width],
    newShape: [1, newHeight, newWidth],
    spacing: [1, 1, 1],
    newSpacing: [1, 1, 1],
    how: { is_seg: false, order: 1, order_z: 0, force_separate_z: false },
  });
}

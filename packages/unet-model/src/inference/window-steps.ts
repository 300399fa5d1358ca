import { roundHalfToEven } from '@fractura/python-compat';

/**
 * Where windows begin along each axis: evenly spread, at most `stepSize` windows apart, the last flush with the border.
 *
 * @param imageSize per axis, at least the window's
 * @see nnU-Net: nnunetv2/inference/sliding_window_prediction.py, compute_steps_for_sliding_window
 */
export function windowSteps(imageSize: readonly number[], windowSize: readonly number[], stepSize: number): number[][] {
  return imageSize.map((size, axis) => {
    const span = size - windowSize[axis];
    const count = Math.ceil(span / (windowSize[axis] * stepSize)) + 1;
    return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : roundHalfToEven((i * span) / (count - 1))));
  });
}

import type { PostprocessingStep } from '@fractura/nnunet-format';
import { keepLargestComponent } from '@fractura/unet-model';

/** Applies the steps in turn to labels `[z, y, x]` in C order. */
export function postprocess(
  labels: ArrayLike<number>,
  shape: readonly number[],
  steps: readonly PostprocessingStep[],
): ArrayLike<number> {
  let processed = labels;
  for (const { labels_or_regions: of } of steps) {
    processed = keepLargestComponent({ labels: processed, shape, of: typeof of === 'number' ? [of] : of });
  }
  return processed;
}

import { keepLargestComponent } from '@fractura/unet-model';

/** One step of postprocessing: what is left of these labels is their largest component. */
export interface PostprocessingStep {
  /** A label, the labels of a region, or several labels that are one foreground. */
  labels_or_regions: number | readonly number[];
}

/** nnU-Net's name of the only step there is. */
export const stepName = 'remove_all_but_largest_component_from_segmentation';

/** Applies the steps in turn to labels in C order. */
export function postprocess(
  labels: ArrayLike<number>,
  shape: readonly number[],
  steps: readonly PostprocessingStep[],
): ArrayLike<number> {
  return steps.reduce(
    (thinned, { labels_or_regions: of }) =>
      keepLargestComponent({ labels: thinned, shape, of: typeof of === 'number' ? [of] : of }),
    labels,
  );
}

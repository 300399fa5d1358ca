import { rule } from '@fractura/errors';

/** One step of postprocessing: of these labels only the largest connected component is kept. */
export interface PostprocessingStep {
  /** A label, the labels of a region, or several labels that are one foreground. */
  labels_or_regions: number | readonly number[];
}

/** nnU-Net's name of the only step there is, a function of `nnunetv2/postprocessing/remove_connected_components.py`. */
export const postprocessingStepName = 'remove_all_but_largest_component_from_segmentation';

/** What {@link PostprocessingStep} must be. */
export const postprocessingStepRule = rule.fields({
  labels_or_regions: rule.either(rule.anyNumber, rule.listOf(rule.anyNumber)),
});

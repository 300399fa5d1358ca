import { rule } from '@fractura/errors';

/** Half-open ranges along z, y, x. */
export type BoundingBox = [start: number, end: number][];

/** What brings a prediction back into the frame of its image. Shapes are in the transposed order of axes. */
export interface CaseProperties {
  /** Of the image as read, along its own axes. */
  spacing: number[];
  shape_before_cropping: number[];
  bbox_used_for_cropping: BoundingBox;
  shape_after_cropping_and_before_resampling: number[];
}

/** What {@link CaseProperties} must be. */
export const casePropertiesRule = rule.fields({
  spacing: rule.listOf(rule.anyNumber),
  shape_before_cropping: rule.listOf(rule.anyNumber),
  bbox_used_for_cropping: rule.listOf(rule.listOf(rule.anyNumber, { lengths: [2] })),
  shape_after_cropping_and_before_resampling: rule.listOf(rule.anyNumber),
});

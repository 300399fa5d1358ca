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

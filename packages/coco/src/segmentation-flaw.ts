/** What is wrong with a segmentation. */
export interface SegmentationFlaw {
  /** The end of a sentence that begins with the annotation, as `has 2 points for a polygon, fewer than 3`. */
  sentence: string;
  /** What to do about this flaw. */
  remedy: string;
}

import { rule } from '@fractura/errors';

/** A binary mask as run lengths, in COCO's own column-major order (down each column, columns from left to right). */
export interface Rle {
  /** Height and width of the mask in pixels. */
  size: [height: number, width: number];
  /** Lengths of the runs: background first (it may be 0), then foreground, and so on in turn. */
  counts: number[];
}

/** A `segmentation` of COCO that is an RLE: counts as a list (uncompressed) or as a string (compressed). */
export interface CocoRle {
  size: [height: number, width: number];
  counts: readonly number[] | string;
}

/** What {@link CocoRle} must be. */
export const cocoRleRule = rule.fields({
  size: rule.listOf(rule.anyNumber, { lengths: [2] }),
  counts: rule.either(rule.anyText, rule.listOf(rule.anyNumber)),
});

/** What {@link Rle} must be. */
export const rleRule = rule.fields({
  size: rule.listOf(rule.anyNumber, { lengths: [2] }),
  counts: rule.listOf(rule.anyNumber),
});

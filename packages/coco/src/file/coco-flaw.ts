import { checkOptions, rule } from '@fractura/errors';
import { type CocoAnnotation, cocoAnnotationRule, type CocoImage, cocoImageRule } from './coco-file.js';
import { CocoError } from '../errors.js';

/** What a flaw is about: an image listed under two ids, an annotation's id that another has, or one of its other fields. */
export type CocoFlawKind = 'image-twice' | 'annotation-twice' | 'segmentation' | 'part' | 'bbox' | 'area';

/** Something in a COCO file that cannot be used, or should be looked at, while the rest of the file is sound. */
export interface CocoFlaw {
  /**
   * `segmentation`: an outline that cannot be drawn, or neither outline nor box; `part`: an outline that can be drawn, with a
   * part of fewer than three points; `bbox`, `area`: not numbers; `image-twice`: a file name under a second id;
   * `annotation-twice`: an id that an earlier annotation has; both are kept.
   */
  kind: CocoFlawKind;
  image: CocoImage;
  /** The annotation, without the field that the flaw is about (but for `part`); absent for `image-twice`. */
  annotation?: CocoAnnotation;
  /** What the file holds there. */
  value: unknown;
  /** The end of a sentence that begins with the annotation or the image, as `has 2 points for a polygon, fewer than 3`. */
  sentence: string;
  /** What to do about this flaw. */
  remedy: string;
}

/** A flaw as a whole sentence. */
export const describeFlaw = (options: CocoFlaw): string => {
  const { image, annotation, sentence } = checkOptions(options, cocoFlawRule, CocoError);
  return annotation
    ? `Annotation ${annotation.id} of ${image.file_name} ${sentence}.`
    : `${image.file_name} ${sentence}.`;
};

/** What {@link CocoFlaw} must be. */
export const cocoFlawRule = rule.fields({
  kind: rule.oneOf(['image-twice', 'annotation-twice', 'segmentation', 'part', 'bbox', 'area']),
  image: cocoImageRule,
  annotation: rule.optional(cocoAnnotationRule),
  value: rule.anything,
  sentence: rule.anyText,
  remedy: rule.anyText,
});

import { checkArguments, rule } from '@fractura/errors';
import { maskToPolygons } from '../polygons/mask-to-polygons.js';
import { polygonsToRle } from '../polygons/polygons-to-rle.js';
import { rleArea, rleBoundingBox } from '../rle/rle-measures.js';
import { compressRle } from '../rle/rle-string.js';
import type { CocoSegmentation } from './segmentation.js';
import { CocoError } from '../errors.js';

/**
 * What an annotation says of a mask: its segmentation, with the area and the box that pycocotools gives for it.
 *
 * @param mask row-major, [height, width]; any value but 0 is foreground.
 * @param options `frame` of the image in pixels, to which the mask is scaled (default: its own size); `as` polygons along the
 *   pixels' edges (default), or a compressed RLE.
 * @throws CocoError `mask-invalid` when the length is not height x width; `polygon-invalid` for an empty mask.
 */
export function maskToAnnotation(
  mask: ArrayLike<number>,
  options: { height: number; width: number },
  given: MaskToAnnotationOptions = {},
): MaskAnnotation {
  checkArguments({ mask, options, given }, maskToAnnotationArguments, CocoError);
  const { height, width } = options;
  const { frame = { height, width }, as = 'polygons' } = given;
  const [scaleX, scaleY] = [frame.width / width, frame.height / height];
  const polygons = maskToPolygons(mask, height, width).map((part) =>
    part.map((value, i) => value * (i % 2 === 0 ? scaleX : scaleY)),
  );
  const rle = polygonsToRle(polygons, frame.height, frame.width);
  return {
    segmentation: as === 'rle' ? compressRle(rle) : polygons,
    area: rleArea(rle),
    bbox: rleBoundingBox(rle),
  };
}

/** The fields of an annotation that its mask decides. */
export interface MaskAnnotation {
  segmentation: CocoSegmentation;
  /** In square pixels. */
  area: number;
  /** In pixels. */
  bbox: [x: number, y: number, width: number, height: number];
}

/** How a mask is stored as an annotation. */
export interface MaskToAnnotationOptions {
  frame?: { height: number; width: number };
  as?: 'polygons' | 'rle';
}

/** What {@link MaskToAnnotationOptions} must be. */
export const maskToAnnotationOptionsRule = rule.fields({
  frame: rule.optional(rule.fields({ height: rule.anyNumber, width: rule.anyNumber })),
  as: rule.optional(rule.oneOf(['polygons', 'rle'])),
});

const maskToAnnotationArguments = {
  mask: rule.numbers,
  options: rule.fields({ height: rule.count, width: rule.count }),
  given: maskToAnnotationOptionsRule,
};

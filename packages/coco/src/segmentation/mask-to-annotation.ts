import { maskToPolygons } from '../polygons/mask-to-polygons.js';
import { polygonsToRle } from '../polygons/polygons-to-rle.js';
import { rleArea, rleBoundingBox } from '../rle/rle-measures.js';
import { compressRle } from '../rle/rle-string.js';
import type { CocoSegmentation } from './segmentation.js';

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
  { height, width }: { height: number; width: number },
  { frame = { height, width }, as = 'polygons' }: MaskToAnnotationOptions = {},
): MaskAnnotation {
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

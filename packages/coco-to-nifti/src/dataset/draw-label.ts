import {
  type CocoAnnotation,
  type CocoSegmentation,
  decodeRle,
  decompressRle,
  foregroundOf,
  isPolygons,
  polygonsToRle,
  type Rle,
} from '@fractura/coco';
import { CocoToNiftiError } from '../errors.js';

interface Size {
  width: number;
  height: number;
}

/** How the annotations of one image are drawn. */
export interface DrawOptions {
  /** The frame that the annotations are in, in pixels. */
  frame: Size;
  /** The frame of the label. */
  target: Size;
  /** Polygons are scaled, then drawn (`target`), or drawn, then reduced to the nearest pixel (`full`). */
  rasterAt: 'target' | 'full';
  labelOfCategory: ReadonlyMap<number, number>;
  /** Why outlines cannot be drawn, where the COCO file is at fault. */
  outlineFlaws: ReadonlyMap<CocoAnnotation, string>;
  crowds: 'draw' | 'ignore' | 'leave-out';
  ignoreLabel?: number | undefined;
  /** Leave annotations out that cannot be drawn, instead of refusing the image. */
  lenient: boolean;
}

/** An annotation that left no trace, and why. */
export interface LeftOut {
  annotationId: number;
  reason: string;
}

/** A label map and what became of the annotations. */
export interface DrawnLabel {
  /** Row-major, [height, width]; 0 is background. */
  data: Uint8Array;
  /** Annotations that were drawn, crowds included. */
  instances: number;
  foregroundPixels: number;
  /** Foreground pixels claimed by two different labels; the higher label has them. */
  overlappingPixels: number;
  /** Ids of annotations with a polygon that reaches out of the image. */
  clipped: number[];
  leftOut: LeftOut[];
}

/** Draws the annotations of one image: lower labels first, so that where labels overlap the highest stays. */
export function drawLabel(annotations: readonly CocoAnnotation[], options: DrawOptions): DrawnLabel {
  const { frame, target, labelOfCategory, crowds, ignoreLabel, lenient } = options;
  const data = new Uint8Array(target.width * target.height);
  const clipped: number[] = [];
  const leftOut: LeftOut[] = [];
  let instances = 0;
  let foregroundPixels = 0;
  let overlappingPixels = 0;

  const layers = annotations.flatMap((annotation) => {
    const label = labelOfCategory.get(annotation.category_id);
    if (label === undefined) {
      return [];
    }
    const isCrowd = annotation.iscrowd === 1;
    if (isCrowd && crowds === 'leave-out') {
      leftOut.push({ annotationId: annotation.id, reason: 'it is a crowd' });
      return [];
    }
    return [{ annotation, label: isCrowd && crowds === 'ignore' ? ignoreLabel! : label }];
  });
  layers.sort((a, b) => a.label - b.label);

  for (const { annotation, label } of layers) {
    const { segmentation } = annotation;
    const flaw = flawOfOutline(annotation, options);
    if (segmentation === undefined || flaw !== undefined) {
      const reason = `its segmentation ${flaw ?? 'is missing'}`;
      if (!lenient) {
        throw undrawable(annotation, reason);
      }
      leftOut.push({ annotationId: annotation.id, reason });
      continue;
    }
    const pixels = pixelsOf(segmentation, options);
    if (reachesOut(segmentation, frame)) {
      clipped.push(annotation.id);
    }
    for (const pixel of pixels) {
      if (data[pixel] === 0) {
        foregroundPixels += 1;
      } else if (data[pixel] !== label) {
        overlappingPixels += 1;
      }
      data[pixel] = label;
    }
    if (pixels.length === 0) {
      leftOut.push({ annotationId: annotation.id, reason: 'it covers no pixel at this size' });
    } else {
      instances += 1;
    }
  }
  return { data, instances, foregroundPixels, overlappingPixels, clipped, leftOut };
}

/** Why an outline cannot be drawn in its frame, as the end of a sentence; undefined where it can, or where there is none. */
function flawOfOutline(annotation: CocoAnnotation, { outlineFlaws, frame }: DrawOptions): string | undefined {
  const { segmentation } = annotation;
  if (segmentation === undefined || isPolygons(segmentation)) {
    return outlineFlaws.get(annotation);
  }
  const [height, width] = segmentation.size;
  return height === frame.height && width === frame.width
    ? undefined
    : `is an RLE of ${width} x ${height} pixels on an image of ${frame.width} x ${frame.height}`;
}

/** Places in the label that an annotation takes. */
function pixelsOf(segmentation: CocoSegmentation, { frame, target, rasterAt }: DrawOptions): Uint32Array {
  if (!isPolygons(segmentation)) {
    return nearest(decompressRle(segmentation), target);
  }
  if (rasterAt === 'full') {
    return nearest(polygonsToRle(segmentation, frame.height, frame.width), target);
  }
  const [scaleX, scaleY] = [target.width / frame.width, target.height / frame.height];
  const scaled = segmentation.map((part) => part.map((value, i) => value * (i % 2 === 0 ? scaleX : scaleY)));
  return foregroundOf(polygonsToRle(scaled, target.height, target.width));
}

/** Each target pixel takes the source pixel under its centre, as Pillow's NEAREST. */
function nearest(rle: Rle, target: Size): Uint32Array {
  const [height, width] = rle.size;
  if (width === target.width && height === target.height) {
    return foregroundOf(rle);
  }
  const mask = decodeRle(rle);
  const pixels: number[] = [];
  for (let y = 0; y < target.height; y += 1) {
    const row = Math.floor(((y + 0.5) * height) / target.height) * width;
    for (let x = 0; x < target.width; x += 1) {
      if (mask[row + Math.floor(((x + 0.5) * width) / target.width)] !== 0) {
        pixels.push(y * target.width + x);
      }
    }
  }
  return Uint32Array.from(pixels);
}

const reachesOut = (segmentation: CocoSegmentation, { width, height }: Size): boolean =>
  isPolygons(segmentation) &&
  segmentation.some((part) => part.some((value, i) => value < 0 || value > (i % 2 === 0 ? width : height)));

const undrawable = ({ id, image_id }: CocoAnnotation, reason: string) =>
  new CocoToNiftiError(`Annotation ${id} of image ${image_id} cannot be drawn: ${reason}.`, {
    code: 'annotation-invalid',
    remedy: "Correct the annotation, or take what can be drawn with `damaged: 'salvage'`.",
  });

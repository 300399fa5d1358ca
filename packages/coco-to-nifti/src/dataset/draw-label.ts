import {
  type CocoAnnotation,
  type CocoRle,
  decodeRle,
  flawOfSegmentation,
  foregroundOf,
  isPolygons,
  polygonsToRle,
  type Rle,
  rleOfSegmentation,
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
    const flaw = flawOfSegmentation(annotation.segmentation, frame);
    if (flaw !== undefined) {
      if (!lenient) {
        throw undrawable(annotation, flaw);
      }
      leftOut.push({ annotationId: annotation.id, reason: `its segmentation ${flaw}` });
      continue;
    }
    const pixels = pixelsOf(annotation.segmentation!, options);
    if (reachesOut(annotation.segmentation!, frame)) {
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

/** Places in the label that an annotation takes. */
function pixelsOf(segmentation: number[][] | CocoRle, { frame, target, rasterAt }: DrawOptions): Uint32Array {
  if (!isPolygons(segmentation)) {
    return nearest(rleOfSegmentation(segmentation), target);
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

const reachesOut = (segmentation: number[][] | CocoRle, { width, height }: Size): boolean =>
  isPolygons(segmentation) &&
  segmentation.some((part) => part.some((value, i) => value < 0 || value > (i % 2 === 0 ? width : height)));

const undrawable = ({ id, image_id }: CocoAnnotation, flaw: string) =>
  new CocoToNiftiError(`Annotation ${id} of image ${image_id} cannot be drawn: its segmentation ${flaw}.`, {
    code: 'annotation-invalid',
    remedy: "Correct the annotation, or take what can be drawn with `damaged: 'salvage'`.",
  });

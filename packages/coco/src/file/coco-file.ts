import { rule } from '@fractura/errors';
import type { CocoSegmentation } from '../segmentation/segmentation.js';
import { cocoRleRule } from '../rle/rle.js';

/** An image of a COCO file. */
export interface CocoImage {
  id: number;
  /** Path below the folder of images. */
  file_name: string;
  /** Pixels of the upright (EXIF-applied) image, in whose frame the annotations are; absent in some exports. */
  width?: number;
  height?: number;
}

/** One annotated object. */
export interface CocoAnnotation {
  id: number;
  image_id: number;
  category_id: number;
  /** Polygons as [x, y, x, y, ...] in pixels, or an RLE; absent where there is only a box. */
  segmentation?: CocoSegmentation;
  /** [x, y, width, height] in pixels. */
  bbox?: [x: number, y: number, width: number, height: number];
  /** In square pixels. */
  area?: number;
  /** 1 where the mask stands for a group of objects. */
  iscrowd?: 0 | 1;
}

/** A class of objects. */
export interface CocoCategory {
  id: number;
  name: string;
  supercategory?: string;
}

/** A COCO instance file (https://cocodataset.org/#format-data). */
export interface CocoFile {
  images: CocoImage[];
  annotations: CocoAnnotation[];
  categories: CocoCategory[];
}

/** What {@link CocoImage} must be. */
export const cocoImageRule = rule.fields({
  id: rule.anyNumber,
  file_name: rule.text,
  width: rule.optional(rule.anyNumber),
  height: rule.optional(rule.anyNumber),
});

/** What {@link CocoAnnotation} must be. */
export const cocoAnnotationRule = rule.fields({
  id: rule.anyNumber,
  image_id: rule.anyNumber,
  category_id: rule.anyNumber,
  segmentation: rule.optional(rule.either(rule.listOf(rule.listOf(rule.anyNumber)), cocoRleRule)),
  bbox: rule.optional(rule.listOf(rule.anyNumber, { lengths: [4] })),
  area: rule.optional(rule.anyNumber),
  iscrowd: rule.optional(rule.oneOf([0, 1])),
});

/** What {@link CocoCategory} must be. */
export const cocoCategoryRule = rule.fields({
  id: rule.anyNumber,
  name: rule.text,
  supercategory: rule.optional(rule.anyText),
});

/** What {@link CocoFile} must be. */
export const cocoFileRule = rule.fields({
  images: rule.listOf(cocoImageRule),
  annotations: rule.listOf(cocoAnnotationRule),
  categories: rule.listOf(cocoCategoryRule),
});

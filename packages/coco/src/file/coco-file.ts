import type { CocoSegmentation } from '../segmentation/segmentation.js';

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

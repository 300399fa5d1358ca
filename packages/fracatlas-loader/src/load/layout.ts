import { join } from 'node:path';
import { checkArguments, rule } from '@fractura/errors';
import type { OfficialSplit } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';

export const officialSplits: readonly OfficialSplit[] = ['train', 'valid', 'test'];

/** Paths of the parts of a FracAtlas folder. */
export interface AtlasLayout {
  /** `dataset.csv`. */
  table: string;
  /** Folder of the images with a fracture. */
  fractured: string;
  /** Folder of the images without one. */
  normal: string;
  /** The COCO file. */
  coco: string;
  /** The VGG file. */
  vgg: string;
  /** Folder of one XML file an image. */
  voc: string;
  /** Folder of one text file an image. */
  yolo: string;
  /** Folder of `train.csv`, `valid.csv` and `test.csv`. */
  splits: string;
}

/** Where the parts of the FracAtlas archive lie within its folder. */
export function atlasLayout(directory: string): AtlasLayout {
  checkArguments({ directory }, { directory: rule.text }, FracatlasLoaderError);
  const annotations = join(directory, 'Annotations');
  return {
    table: join(directory, 'dataset.csv'),
    fractured: join(directory, 'images', 'Fractured'),
    normal: join(directory, 'images', 'Non_fractured'),
    coco: join(annotations, 'COCO JSON', 'COCO_fracture_masks.json'),
    vgg: join(annotations, 'VGG JSON', 'VGG_fracture_masks.json'),
    voc: join(annotations, 'PASCAL VOC'),
    yolo: join(annotations, 'YOLO'),
    splits: join(directory, 'Utilities', 'Fracture Split'),
  };
}

/** The file name without its extension. */
export function stemOf(file: string): string {
  return file.replace(/\.[^.]+$/, '');
}

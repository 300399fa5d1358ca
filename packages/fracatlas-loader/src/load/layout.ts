import { join } from 'node:path';
import type { OfficialSplit } from '../atlas.js';

export const officialSplits: readonly OfficialSplit[] = ['train', 'valid', 'test'];

/** Where the parts of the FracAtlas archive lie within its folder. */
export function atlasLayout(directory: string) {
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

import { maskToAnnotation, type MaskAnnotation } from '@fractura/coco';
import { labelComponents } from '@fractura/metrics';
import type { LabelMap } from './read-label-map.js';

/** What is one object: each group of pixels that touch at a side or a corner, or all pixels of a label. */
export type Objects = 'groups' | 'labels';

/** The objects that some numbers of a label map make up, in the frame of the image. */
export function* objectsOfLabel(
  { data, width, height }: LabelMap,
  options: {
    numbers: ReadonlySet<number>;
    objects: Objects;
    segmentation: 'polygons' | 'rle';
    minPixels: number;
    frame: { width: number; height: number };
  },
): Generator<MaskAnnotation> {
  const { numbers, objects, segmentation, minPixels, frame } = options;
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < mask.length; i += 1) {
    mask[i] = numbers.has(data[i]) ? 1 : 0;
  }
  const { labels: groups, count } =
    objects === 'labels'
      ? { labels: Int32Array.from(mask), count: mask.includes(1) ? 1 : 0 }
      : labelComponents({ mask, shape: [height, width], connectivity: 8 });
  const pixels = new Int32Array(count + 1);
  for (const group of groups) {
    pixels[group] += 1;
  }
  for (let group = 1; group <= count; group += 1) {
    if (pixels[group] < minPixels) {
      continue;
    }
    for (let i = 0; i < mask.length; i += 1) {
      mask[i] = groups[i] === group ? 1 : 0;
    }
    yield maskToAnnotation(mask, { height, width }, { frame, as: segmentation });
  }
}

import {
  type CocoAnnotation,
  compressRle,
  maskToPolygons,
  numberGroups,
  polygonsToRle,
  rleArea,
  rleBoundingBox,
} from '@fractura/coco';
import type { LabelMap } from './read-label-map.js';

/** What is one object: each group of pixels that touch at a side or a corner, or all pixels of a label. */
export type Objects = 'groups' | 'labels';

type Drawn = Required<Pick<CocoAnnotation, 'segmentation' | 'area' | 'bbox'>>;

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
): Generator<Drawn> {
  const { numbers, objects, segmentation, minPixels, frame } = options;
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < mask.length; i += 1) {
    mask[i] = numbers.has(data[i]) ? 1 : 0;
  }
  const { groups, count } =
    objects === 'labels'
      ? { groups: Int32Array.from(mask), count: mask.includes(1) ? 1 : 0 }
      : numberGroups(mask, { height, width, corners: true });
  const pixels = new Int32Array(count + 1);
  for (const group of groups) {
    pixels[group] += 1;
  }
  const [scaleX, scaleY] = [frame.width / width, frame.height / height];
  for (let group = 1; group <= count; group += 1) {
    if (pixels[group] < minPixels) {
      continue;
    }
    for (let i = 0; i < mask.length; i += 1) {
      mask[i] = groups[i] === group ? 1 : 0;
    }
    const polygons = maskToPolygons(mask, height, width).map((part) =>
      part.map((value, i) => value * (i % 2 === 0 ? scaleX : scaleY)),
    );
    const rle = polygonsToRle(polygons, frame.height, frame.width);
    yield {
      segmentation: segmentation === 'rle' ? compressRle(rle) : polygons,
      area: rleArea(rle),
      bbox: rleBoundingBox(rle),
    };
  }
}

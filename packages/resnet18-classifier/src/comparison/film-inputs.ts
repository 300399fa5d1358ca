import { labelComponents } from '@fractura/metrics';
import { resizeImage } from '@fractura/radiograph';
import type { ClassifierImage } from '../data/classifier-sample.js';

/**
 * What a classifier may see of a film: the film alone; beside it the segmentation's probabilities; a Gaussian at each predicted lesion;
 * or the region of the predicted lesion, enlarged.
 */
export const filmInputs = ['image', 'mask', 'blob', 'crop'] as const;
export type FilmInput = (typeof filmInputs)[number];

/** A film and the probabilities of a segmenter that has not seen it. */
export interface SegmentedFilm {
  /** `[height, width]`, 0 to 1. */
  film: Float32Array;
  /** `[height, width]`, 0 to 1. */
  map: Float32Array;
  height: number;
  width: number;
  /** The same film {@link detailFactor} times as high and as wide, from which the region is cut; 0 to 1. Looked at by `crop` alone. */
  detail: Float32Array;
}

/** How much finer than the film the one is that regions are cut from: as much as the smallest region is enlarged, rounded up. */
export const detailFactor = 4;

/** Channels of an input. */
export const channelsOf = (input: FilmInput): number => (input === 'image' ? 1 : 2);

/** A lesion that the segmenter predicts: connected pixels above the cutoff. */
interface PredictedLesion {
  /** Pixels. */
  centre: [y: number, x: number];
  top: number;
  left: number;
  bottom: number;
  right: number;
  largestProbability: number;
}

/** @param cutoff probability from which on a pixel is of a predicted lesion */
export function filmInput(input: FilmInput, segmented: SegmentedFilm, cutoff: number): ClassifierImage {
  const { film, map, height, width } = segmented;
  switch (input) {
    case 'image':
      return { data: film, height, width, channels: 1 };
    case 'mask':
      return beside(segmented, map);
    case 'blob':
      return beside(segmented, blobs(segmented, findLesions(segmented, cutoff)));
    case 'crop':
      return beside(segmented, enlargedRegion(segmented, findLesions(segmented, cutoff)));
  }
}

/** Two planes as the channels of each pixel. */
function beside({ film, height, width }: SegmentedFilm, second: Float32Array): ClassifierImage {
  const data = new Float32Array(2 * film.length);
  film.forEach((value, i) => {
    data[2 * i] = value;
    data[2 * i + 1] = second[i];
  });
  return { data, height, width, channels: 2 };
}

function findLesions({ map, height, width }: SegmentedFilm, cutoff: number): PredictedLesion[] {
  const mask = Uint8Array.from(map, (value) => Number(value >= cutoff));
  const { labels, count } = labelComponents({ mask, shape: [height, width], connectivity: 8 });
  const lesions = Array.from({ length: count }, () => ({
    pixels: 0,
    sums: [0, 0],
    top: height,
    left: width,
    bottom: 0,
    right: 0,
    largestProbability: 0,
  }));
  labels.forEach((label, i) => {
    if (label > 0) {
      const lesion = lesions[label - 1];
      const [y, x] = [Math.floor(i / width), i % width];
      lesion.pixels += 1;
      lesion.sums[0] += y;
      lesion.sums[1] += x;
      lesion.top = Math.min(lesion.top, y);
      lesion.left = Math.min(lesion.left, x);
      lesion.bottom = Math.max(lesion.bottom, y + 1);
      lesion.right = Math.max(lesion.right, x + 1);
      lesion.largestProbability = Math.max(lesion.largestProbability, map[i]);
    }
  });
  return lesions.map(({ pixels, sums, ...lesion }) => ({ ...lesion, centre: [sums[0] / pixels, sums[1] / pixels] }));
}

/** Standard deviation of a blob, as a share of the film's longer side. */
const blobWidth = 1 / 24;

/** At each lesion a Gaussian as high as its largest probability; where several overlap, the highest. */
function blobs({ height, width }: SegmentedFilm, lesions: readonly PredictedLesion[]): Float32Array {
  const plane = new Float32Array(height * width);
  const spread = 2 * (blobWidth * Math.max(height, width)) ** 2;
  for (const { centre, largestProbability } of lesions) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const distance = (y - centre[0]) ** 2 + (x - centre[1]) ** 2;
        const value = largestProbability * Math.exp(-distance / spread);
        plane[y * width + x] = Math.max(plane[y * width + x], value);
      }
    }
  }
  return plane;
}

/** Least side of the region, as a share of the film's: a lesion without its surroundings tells little. */
const leastRegion = 0.3;

/** The region around the lesion of the largest probability at the film's size; the whole film where there is none. */
function enlargedRegion(
  { film, detail, height, width }: SegmentedFilm,
  lesions: readonly PredictedLesion[],
): Float32Array {
  if (lesions.length === 0) {
    return film;
  }
  const lesion = lesions.reduce((best, each) => (each.largestProbability > best.largestProbability ? each : best));
  const [top, rows] = regionAlong(lesion.top, lesion.bottom, height);
  const [left, columns] = regionAlong(lesion.left, lesion.right, width);
  const region = new Uint16Array(rows * columns);
  for (let y = 0; y < rows; y += 1) {
    const begin = (top + y) * detailFactor * width + left;
    region.set(
      Uint16Array.from(detail.subarray(begin, begin + columns), (value) => Math.round(65_535 * value)),
      y * columns,
    );
  }
  const { data } = resizeImage(
    { data: region, height: rows, width: columns, channels: 1 },
    { height, width },
    'bilinear',
  );
  return Float32Array.from(data, (level) => level / 65_535);
}

/**
 * Where the region lies along one axis, in pixels of the finer film: one and a half times the lesion, all within the film.
 *
 * @param from first pixel of the lesion
 * @param to the pixel after its last
 * @param extent pixels of the film
 */
function regionAlong(from: number, to: number, extent: number): [start: number, size: number] {
  const all = detailFactor * extent;
  const size = Math.min(all, Math.max(Math.round(leastRegion * all), Math.ceil(1.5 * detailFactor * (to - from))));
  const start = Math.round((detailFactor * (from + to) - size) / 2);
  return [Math.min(Math.max(start, 0), all - size), size];
}

import { thumbnailSide, type Placement } from './perceptual-hash.js';

/** Edges stronger than this share of all are cut down to it: side markers and metal are not what makes a film unique. */
const clipShare = 0.95;

/** The Laplacian of a thumbnail takes whole values from minus to plus this one. */
const largestDetail = 4 * 255;

/** The fine detail of a thumbnail, prepared to be compared with many. */
export interface FineDetail {
  /** Clipped Laplacian of all pixels but those on the edge, row by row. */
  values: Int16Array;
  mean: number;
  /** Sum of the squared differences from the mean. */
  squares: number;
}

/**
 * How well the fine detail of two thumbnails agrees: the correlation of their clipped Laplacians, -1 to 1.
 *
 * Two hands of different people have much the same grey levels everywhere, but not the same edges.
 */
export function detailCorrelation(one: FineDetail, other: FineDetail): number {
  const [a, b] = [one.values, other.values];
  let products = 0;
  for (let i = 0; i < a.length; i += 1) {
    products += (a[i] - one.mean) * (b[i] - other.mean);
  }
  return one.squares * other.squares > 0 ? products / Math.sqrt(one.squares * other.squares) : 0;
}

/**
 * The Laplacian of all pixels but those on the edge, clipped at its 95th percentile.
 *
 * @param rows - Only this many rows from the top are taken, for images of which the lower part was lost.
 */
export function fineDetail(image: Uint8Array, rows = thumbnailSide): FineDetail {
  const side = thumbnailSide;
  const values = new Int16Array((rows - 2) * (side - 2));
  for (let y = 1, k = 0; y < rows - 1; y += 1) {
    for (let x = 1; x < side - 1; x += 1, k += 1) {
      const i = y * side + x;
      values[k] = 4 * image[i] - image[i - 1] - image[i + 1] - image[i - side] - image[i + side];
    }
  }
  const limit = clipLimit(values);
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (limit > 0) {
      values[i] = Math.max(-limit, Math.min(limit, values[i]));
    }
    sum += values[i];
  }
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) {
    squares += (value - mean) ** 2;
  }
  return { values, mean, squares };
}

/** The 95th percentile of the absolute values, found by counting: sorting took most of the time of a comparison. */
function clipLimit(values: Int16Array): number {
  const counts = new Uint32Array(largestDetail + 1);
  for (const value of values) {
    counts[Math.abs(value)] += 1;
  }
  let left = Math.floor(values.length * clipShare);
  let limit = 0;
  while (counts[limit] <= left) {
    left -= counts[limit];
    limit += 1;
  }
  return limit;
}

/** The thumbnail as it lies in a placement. */
export function placeThumbnail(thumbnail: Uint8Array, { transposed, flippedX, flippedY }: Placement): Uint8Array {
  const side = thumbnailSide;
  const placed = new Uint8Array(thumbnail.length);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [column, row] = [flippedX ? side - 1 - x : x, flippedY ? side - 1 - y : y];
      placed[y * side + x] = thumbnail[transposed ? column * side + row : row * side + column]!;
    }
  }
  return placed;
}

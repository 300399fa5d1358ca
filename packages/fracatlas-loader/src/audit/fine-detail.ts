import { thumbnailSide, type Placement } from './perceptual-hash.js';

/** Edges stronger than this share of all are cut down to it: side markers and metal are not what makes a film unique. */
const clipShare = 0.95;

/**
 * How well the fine detail of two thumbnails agrees: the correlation of their clipped Laplacians, -1 to 1.
 *
 * Two hands of different people have much the same grey levels everywhere, but not the same edges.
 *
 * @param rows - Only this many rows from the top are compared, for images of which the lower part was lost.
 */
export function detailCorrelation(one: Uint8Array, other: Uint8Array, rows = thumbnailSide): number {
  const [a, b] = [fineDetail(one, rows), fineDetail(other, rows)];
  const [meanA, meanB] = [mean(a), mean(b)];
  let [squaresA, squaresB, products] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    squaresA += (a[i] - meanA) ** 2;
    squaresB += (b[i] - meanB) ** 2;
    products += (a[i] - meanA) * (b[i] - meanB);
  }
  return squaresA * squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : 0;
}

/** The Laplacian of all pixels but those on the edge, clipped at its 95th percentile. */
function fineDetail(image: Uint8Array, rows: number): Float64Array {
  const side = thumbnailSide;
  const detail = new Float64Array((rows - 2) * (side - 2));
  for (let y = 1, k = 0; y < rows - 1; y += 1) {
    for (let x = 1; x < side - 1; x += 1, k += 1) {
      const i = y * side + x;
      detail[k] = 4 * image[i] - image[i - 1] - image[i + 1] - image[i - side] - image[i + side];
    }
  }
  const limit = detail.map(Math.abs).sort()[Math.floor(detail.length * clipShare)];
  return limit > 0 ? detail.map((v) => (v > limit ? limit : v < -limit ? -limit : v)) : detail;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
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

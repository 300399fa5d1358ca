import { thumbnailSide, type Placement } from './perceptual-hash.js';

/**
 * How well the fine detail of two thumbnails agrees: the correlation of their Laplacians, -1 to 1.
 *
 * Two hands of different people have much the same grey levels everywhere, but not the same edges.
 *
 * @param rows - Only this many rows from the top are compared, for images of which the lower part was lost.
 */
export function detailCorrelation(one: Uint8Array, other: Uint8Array, rows = thumbnailSide): number {
  const side = thumbnailSide;
  let [count, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let y = 1; y < rows - 1; y += 1) {
    for (let x = 1; x < side - 1; x += 1) {
      const a = laplacian(one, y * side + x);
      const b = laplacian(other, y * side + x);
      count += 1;
      sumA += a;
      sumB += b;
      sumAA += a * a;
      sumBB += b * b;
      sumAB += a * b;
    }
  }
  const spread = (count * sumAA - sumA * sumA) * (count * sumBB - sumB * sumB);
  return spread > 0 ? (count * sumAB - sumA * sumB) / Math.sqrt(spread) : 0;
}

function laplacian(image: Uint8Array, i: number): number {
  return 4 * image[i] - image[i - 1] - image[i + 1] - image[i - thumbnailSide] - image[i + thumbnailSide];
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

import { CocoError } from '../errors.js';
import type { Rle } from './rle.js';

/**
 * Union of masks of one size, or their intersection.
 *
 * @throws CocoError `rle-invalid` for no mask at all, or masks of different sizes.
 * @see pycocotools `maskApi.c`, rleMerge
 */
export function mergeRle(masks: readonly Rle[], { intersect = false }: { intersect?: boolean } = {}): Rle {
  const [first, ...others] = masks;
  if (first === undefined) {
    throw new CocoError('There is no mask to merge.', { code: 'rle-invalid', remedy: 'Give at least one.' });
  }
  let { counts } = first;
  for (const { size, counts: other } of others) {
    if (size[0] !== first.size[0] || size[1] !== first.size[1]) {
      throw new CocoError(
        `Masks of ${first.size.join(' x ')} and ${size.join(' x ')} pixels (height x width) cannot be merged.`,
        { code: 'rle-invalid', remedy: 'Bring the masks to one size first.' },
      );
    }
    counts = mergeCounts(counts, other, intersect);
  }
  return { size: [first.size[0], first.size[1]], counts: [...counts] };
}

function mergeCounts(a: readonly number[], b: readonly number[], intersect: boolean): number[] {
  const merged: number[] = [];
  let [nextA, nextB, leftA, leftB] = [1, 1, a[0] ?? 0, b[0] ?? 0];
  let [insideA, insideB, inside] = [false, false, false];
  let run = 0;
  let left = 1;
  while (left > 0) {
    const step = Math.min(leftA, leftB);
    run += step;
    leftA -= step;
    leftB -= step;
    if (leftA === 0 && nextA < a.length) {
      leftA = a[nextA++]!;
      insideA = !insideA;
    }
    if (leftB === 0 && nextB < b.length) {
      leftB = b[nextB++]!;
      insideB = !insideB;
    }
    left = leftA + leftB;
    const before = inside;
    inside = intersect ? insideA && insideB : insideA || insideB;
    if (inside !== before || left === 0) {
      merged.push(run);
      run = 0;
    }
  }
  return merged;
}

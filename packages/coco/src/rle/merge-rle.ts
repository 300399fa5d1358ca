import { checkArguments, rule } from '@fractura/errors';
import { CocoError } from '../errors.js';
import { checkRle } from './check-rle.js';
import { type Rle, rleRule } from './rle.js';

/**
 * Union of masks of one size, or their intersection.
 *
 * @throws CocoError `rle-invalid` for no mask at all, masks of different sizes, or one whose runs do not fill it.
 * @see pycocotools: common/maskApi.c, rleMerge
 */
export function mergeRle(masks: readonly Rle[], options: { intersect?: boolean } = {}): Rle {
  checkArguments({ masks, options }, mergeRleArguments, CocoError);
  const { intersect = false } = options;
  const [first] = masks;
  if (masks.length === 0) {
    throw new CocoError('There is no mask to merge.', { code: 'rle-invalid', remedy: 'Give at least one.' });
  }
  for (const { size } of masks) {
    if (size[0] !== first.size[0] || size[1] !== first.size[1]) {
      throw new CocoError(
        `Masks of ${first.size.join(' x ')} and ${size.join(' x ')} pixels (height x width) cannot be merged.`,
        { code: 'rle-invalid', remedy: 'Bring the masks to one size first.' },
      );
    }
  }
  masks.forEach(checkRle);
  // In pairs, and pairs of those: one after the other, a thousand parts would each walk along all that was merged before.
  let merged: (readonly number[])[] = masks.map(({ counts }) => counts);
  while (merged.length > 1) {
    merged = Array.from({ length: Math.ceil(merged.length / 2) }, (_, i) =>
      2 * i + 1 < merged.length ? mergeCounts(merged[2 * i], merged[2 * i + 1], intersect) : merged[2 * i],
    );
  }
  return { size: [first.size[0], first.size[1]], counts: [...merged[0]] };
}

/** Walks along both masks at once, from one end of a run to the next. */
function mergeCounts(a: readonly number[], b: readonly number[], intersect: boolean): number[] {
  const [first, second] = [new RunWalk(a), new RunWalk(b)];
  const merged: number[] = [];
  let inside = false;
  let run = 0;
  let atEnd = false;
  while (!atEnd) {
    const step = Math.min(first.left, second.left);
    run += step;
    first.advance(step);
    second.advance(step);
    atEnd = first.left + second.left === 0;
    const before: boolean = inside;
    inside = intersect ? first.inside && second.inside : first.inside || second.inside;
    if (inside !== before || atEnd) {
      merged.push(run);
      run = 0;
    }
  }
  return merged;
}

/** A place in a mask that moves along its runs. */
class RunWalk {
  /** Whether the place is in the foreground. */
  inside = false;
  /** Pixels to the end of the run. */
  left: number;
  #next = 1;

  constructor(private readonly counts: readonly number[]) {
    this.left = counts[0] ?? 0;
  }

  advance(pixels: number): void {
    this.left -= pixels;
    if (this.left === 0 && this.#next < this.counts.length) {
      this.left = this.counts[this.#next];
      this.inside = !this.inside;
      this.#next += 1;
    }
  }
}

const mergeRleArguments = {
  masks: rule.listOf(rleRule),
  options: rule.fields({ intersect: rule.optional(rule.flag) }),
};

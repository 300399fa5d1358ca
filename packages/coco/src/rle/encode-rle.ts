import { checkArguments, rule } from '@fractura/errors';
import { requireMaskSize } from './mask-size.js';
import type { Rle } from './rle.js';
import { CocoError } from '../errors.js';

/**
 * Runs of a mask; any value but 0 is foreground.
 *
 * @param mask row-major, [height, width].
 * @throws CocoError `mask-invalid` when the length is not height x width.
 * @see pycocotools: common/maskApi.c, rleEncode
 */
export function encodeRle(mask: ArrayLike<number>, height: number, width: number): Rle {
  checkArguments({ mask, height, width }, { mask: rule.numbers, height: rule.count, width: rule.count }, CocoError);
  requireMaskSize(mask, height, width);
  const counts: number[] = [];
  let run = 0;
  let inside = false;
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      if ((mask[y * width + x] !== 0) !== inside) {
        counts.push(run);
        run = 0;
        inside = !inside;
      }
      run += 1;
    }
  }
  counts.push(run);
  return { size: [height, width], counts };
}

import { invalidRle, type Rle } from './rle.js';

/** Five bits a character, a sixth says that more follow, and 48 brings them into printable ASCII. */
const offset = 48;

/**
 * The compressed string of COCO: base-32 digits of the runs, from the fourth on as differences to the run two before.
 *
 * @see pycocotools `maskApi.c`, rleToString
 */
export function compressCounts(counts: readonly number[]): string {
  const codes: number[] = [];
  for (let i = 0; i < counts.length; i += 1) {
    let rest = i > 2 ? counts[i] - counts[i - 2] : counts[i];
    let more = true;
    while (more) {
      const digit = ((rest % 32) + 32) % 32;
      rest = Math.floor(rest / 32);
      more = digit >= 16 ? rest !== -1 : rest !== 0;
      codes.push(digit + (more ? 32 : 0) + offset);
    }
  }
  return Buffer.from(codes).toString('latin1');
}

/**
 * The runs of a compressed string.
 *
 * @throws CocoToNiftiError `rle-invalid` for a character outside the code, or a string that ends within a number.
 * @see pycocotools `maskApi.c`, rleFrString
 */
export function decompressCounts(text: string): number[] {
  const counts: number[] = [];
  let value = 0;
  let place = 1;
  for (let i = 0; i < text.length; i += 1) {
    const digit = text.charCodeAt(i) - offset;
    if (digit < 0 || digit > 63 || place > 2 ** 40) {
      throw invalidRle(`A compressed RLE breaks its code at character ${i + 1} of ${text.length}.`);
    }
    value += (digit & 31) * place;
    place *= 32;
    if (digit >= 32) {
      continue;
    }
    if (digit >= 16) {
      value -= place;
    }
    counts.push(counts.length > 2 ? value + counts.at(-2)! : value);
    value = 0;
    place = 1;
  }
  if (place !== 1) {
    throw invalidRle('A compressed RLE ends within a number.');
  }
  return counts;
}

/** An RLE with its runs as a string, as COCO stores masks and results. */
export const compressRle = ({ size, counts }: Rle): { size: [number, number]; counts: string } => ({
  size: [size[0], size[1]],
  counts: compressCounts(counts),
});

import { checkArguments, rule } from '@fractura/errors';
import { CocoError } from '../errors.js';
import { type Rle, rleRule } from './rle.js';

/** Five bits a character, a sixth says that more follow, and 48 brings them into printable ASCII. */
const offset = 48;

/**
 * The compressed string of COCO: base-32 digits of the runs, from the fourth on as differences to the run two before.
 *
 * @see pycocotools: common/maskApi.c, rleToString
 */
export function compressCounts(counts: readonly number[]): string {
  checkArguments({ counts }, compressCountsArguments, CocoError);
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
 * @throws CocoError `rle-invalid` for a character outside the code, or a string that ends within a number.
 * @see pycocotools: common/maskApi.c, rleFrString
 */
export function decompressCounts(text: string): number[] {
  checkArguments({ text }, { text: rule.anyText }, CocoError);
  const { counts, flaw } = readCounts(text);
  if (flaw !== undefined) {
    throw new CocoError(`The segmentation ${flaw}.`, {
      code: 'rle-invalid',
      remedy: 'Export the annotations again; the string may have been cut or edited.',
    });
  }
  return counts;
}

/** The runs of a compressed string, as far as they can be read, and why no further, as the end of a sentence. */
export function readCounts(text: string): { counts: number[]; flaw?: string } {
  const counts: number[] = [];
  let value = 0;
  let place = 1;
  for (let i = 0; i < text.length; i += 1) {
    const digit = text.charCodeAt(i) - offset;
    if (digit < 0 || digit > 63 || place > 2 ** 40) {
      return { counts, flaw: `has compressed runs that break their code at character ${i + 1} of ${text.length}` };
    }
    value += (digit & 31) * place;
    place *= 32;
    if (digit >= 32) {
      continue;
    }
    if (digit >= 16) {
      value -= place;
    }
    counts.push(counts.length > 2 ? value + counts[counts.length - 2] : value);
    value = 0;
    place = 1;
  }
  return place === 1 ? { counts } : { counts, flaw: 'has compressed runs that end within a number' };
}

/** An RLE with its runs as a string, as COCO stores masks and results. */
export const compressRle = (rle: Rle): { size: [number, number]; counts: string } => {
  checkArguments({ rle }, { rle: rleRule }, CocoError);
  const { size, counts } = rle;
  return {
    size: [size[0], size[1]],
    counts: compressCounts(counts),
  };
};

const compressCountsArguments = { counts: rule.listOf(rule.number()) };

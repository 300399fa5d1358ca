import type { PixelImage } from '../images/pixel-image.js';

/** Bits that detectors of radiographs have, where files have 16. */
const detectorBits = [10, 12, 14];

/**
 * Says of a grey image of 16 bits that its levels look like those of fewer: it would be almost black beside others.
 *
 * @returns a sentence, or none.
 */
export function unusedBits(file: string, { data, channels }: PixelImage): string[] {
  if (!(data instanceof Uint16Array) || channels !== 1) {
    return [];
  }
  let highest = 0;
  for (const level of data) {
    highest = Math.max(highest, level);
  }
  const bits = detectorBits.find((each) => highest < 2 ** each);
  if (bits === undefined || highest < 256) {
    return [];
  }
  return [`${file} has 16 bits, but no level above ${highest}: it looks like an image of ${bits} bits.`];
}

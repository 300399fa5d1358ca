import type { Pixels } from '../images/pixel-image.js';
import type { PixelDescription } from './pixel-description.js';
import type { Samples } from './samples.js';

/** Samples of colours, spread over the range of 8 or 16 bits. */
export function fullRange(values: Samples, { bitsStored }: Pick<PixelDescription, 'bitsStored'>): Pixels {
  if ((bitsStored === 8 && values instanceof Uint8Array) || (bitsStored === 16 && values instanceof Uint16Array)) {
    return values;
  }
  const white = bitsStored <= 8 ? 255 : 65535;
  const scale = white / (2 ** bitsStored - 1);
  const level = (value: number) => Math.round(Math.min(Math.max(value * scale, 0), white));
  return bitsStored <= 8 ? Uint8Array.from(values, level) : Uint16Array.from(values, level);
}

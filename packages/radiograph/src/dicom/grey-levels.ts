import type { Pixels } from '../images/pixel-image.js';
import type { Attributes } from './attributes.js';
import type { ModalityTransform } from './modality.js';
import type { PixelDescription } from './pixel-description.js';
import type { Samples } from './samples.js';
import { shownValues } from './shown-values.js';
import type { ValuesOfInterest } from './values-of-interest.js';

/** What is known of the pixels beside their values. */
export interface Shown {
  modality: ModalityTransform;
  interest: ValuesOfInterest;
  description: PixelDescription;
  attributes: Attributes;
}

/**
 * Grey levels of stored values, 0 for black: what is shown is spread over 8 bits where at most 8 are stored, else over 16. Where no
 * window says what is shown, it is what the 8 bits hold, as in a JPEG, or the range of the deeper data.
 */
export function greyLevels(stored: Samples, { modality, interest, description, attributes }: Shown): Pixels {
  const { bitsStored, photometric } = description;
  const white = bitsStored <= 8 ? 255 : 65535;
  const values = shownValues(stored, modality, interest.transform);
  const asStored = interest.transform === undefined && bitsStored <= 8 && modality.isIdentity;
  const [low, high] = asStored ? modality.range : (interest.transform?.range ?? rangeOf(values, stored, attributes));
  const turned = photometric === 'MONOCHROME1' || attributes.code('PresentationLUTShape') === 'INVERSE';
  const [black, bright] = turned ? [high, low] : [low, high];
  const scale = white / (bright - black || 1);
  const levels = white === 255 ? new Uint8Array(values.length) : new Uint16Array(values.length);
  for (let i = 0; i < levels.length; i += 1) {
    levels[i] = Math.round(Math.min(Math.max((values[i] - black) * scale, 0), white));
  }
  return levels;
}

/** Smallest and largest value, of pixels that are not there for padding (PS3.3, C.7.5.1.1.2). */
function rangeOf(values: Float32Array, stored: Samples, attributes: Attributes): [number, number] {
  const word = attributes.whole('PixelPaddingValue');
  const padding = word === undefined ? undefined : Int16Array.of(word)[0];
  const isPadding = (value: number) => value === word || (padding !== undefined && padding < 0 && value === padding);
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i += 1) {
    if (!isPadding(stored[i])) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

import type { ModalityTransform } from './modality.js';
import type { Samples } from './samples.js';
import type { InterestTransform } from './values-of-interest.js';

/**
 * Stored values, through modality and VOI, as pydicom's `apply_voi_lut(apply_modality_lut(...), index=...)` gives them.
 *
 * @returns float32, not turned.
 */
export function shownValues(
  stored: Samples,
  modality: ModalityTransform,
  interest: InterestTransform | undefined,
): Float32Array {
  const apply = interest === undefined ? modality.apply : (value: number) => interest.apply(modality.apply(value));
  if (stored.BYTES_PER_ELEMENT > 2 || stored.length < 2 ** 16) {
    return Float32Array.from(stored, apply);
  }
  // Each of so few different values is computed once.
  const known = new Float32Array(2 ** 16).fill(Number.NaN);
  const shown = new Float32Array(stored.length);
  for (let i = 0; i < stored.length; i += 1) {
    const key = stored[i] & 0xffff;
    if (Number.isNaN(known[key])) {
      known[key] = apply(stored[i]);
    }
    shown[i] = known[key];
  }
  return shown;
}

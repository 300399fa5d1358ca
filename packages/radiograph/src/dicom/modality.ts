import type { Attributes } from './attributes.js';
import { badAttribute } from './dicom-errors.js';
import { lookUp, readLookupTable } from './lookup-table.js';
import type { PixelDescription } from './pixel-description.js';

/** From stored values to those of the modality, such as Hounsfield units. */
export interface ModalityTransform {
  apply: (stored: number) => number;
  /** Smallest and largest value that can come out, by the bits that are stored. */
  range: [lowest: number, highest: number];
  /** Whether values are as they are stored. */
  isIdentity: boolean;
}

/**
 * The modality LUT, or the rescaling (PS3.3, C.11.1), as pydicom's `apply_modality_lut` does it.
 *
 * @throws RadiographError `image-unreadable`
 */
export function modalityTransform(
  attributes: Attributes,
  { bitsStored, signed }: PixelDescription,
  name: string,
): ModalityTransform {
  const [item] = attributes.items('ModalityLUTSequence');
  if (item !== undefined) {
    const table = readLookupTable(item, { name, signed });
    return { apply: (stored) => lookUp(table, stored), range: [0, 2 ** table.bits - 1], isIdentity: false };
  }
  const stored: [number, number] = signed
    ? [-(2 ** (bitsStored - 1)), 2 ** (bitsStored - 1) - 1]
    : [0, 2 ** bitsStored - 1];
  const [slope] = attributes.decimals('RescaleSlope');
  const [intercept] = attributes.decimals('RescaleIntercept');
  if (slope === undefined || intercept === undefined) {
    return { apply: (value) => value, range: stored, isIdentity: true };
  }
  if (slope === 0) {
    throw badAttribute(name, 'RescaleSlope', 'is 0');
  }
  const apply = (value: number) => value * slope + intercept;
  const [one, other] = stored.map(apply);
  return { apply, range: [one, other], isIdentity: slope === 1 && intercept === 0 };
}

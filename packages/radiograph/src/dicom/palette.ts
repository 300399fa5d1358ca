import type { Attributes } from './attributes.js';
import { badAttribute } from './dicom-errors.js';
import { lookUp, readLookupTable } from './lookup-table.js';
import type { Samples } from './samples.js';
import { tagOf } from './tags.js';

/**
 * The colours of indices, 16 bits (PS3.3, C.7.9).
 *
 * @returns `[..., 3]`
 * @throws RadiographError `image-unreadable`
 */
export function coloursOfPalette(indices: Samples, attributes: Attributes, name: string): Uint16Array {
  const colours = new Uint16Array(3 * indices.length);
  for (const [channel, colour] of (['Red', 'Green', 'Blue'] as const).entries()) {
    const descriptor = `${colour}PaletteColorLookupTableDescriptor` as const;
    const place = attributes.place(descriptor);
    if (place === undefined) {
      throw badAttribute(name, descriptor, 'is missing');
    }
    const keywords: [typeof descriptor, `${typeof colour}PaletteColorLookupTableData`] = [
      descriptor,
      `${colour}PaletteColorLookupTableData`,
    ];
    if (place.elements[tagOf(keywords[1])] === undefined) {
      throw badAttribute(name, keywords[1], 'is missing');
    }
    const table = readLookupTable(place, { name, signed: false, keywords });
    const scale = 65535 / (2 ** table.bits - 1);
    for (let i = 0; i < indices.length; i += 1) {
      colours[3 * i + channel] = Math.round(Math.min(lookUp(table, indices[i]) * scale, 65535));
    }
  }
  return colours;
}

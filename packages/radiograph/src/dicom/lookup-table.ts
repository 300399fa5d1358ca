import type { DataSet } from 'dicom-parser';
import { badAttribute } from './dicom-errors.js';
import { tagOf, type Keyword } from './tags.js';

/** A table that gives values for stored ones (PS3.3, C.11.1.1). */
export interface LookupTable {
  /** First input that has an entry; smaller ones get its, larger than the last get the last's. */
  first: number;
  /** Bits of an entry, as the file says. */
  bits: number;
  entries: Uint16Array;
}

/**
 * Reads a table.
 *
 * @param signed whether inputs, and so the first of them, may be negative.
 * @throws RadiographError `image-unreadable`
 */
export function readLookupTable(
  place: DataSet,
  {
    name,
    signed,
    keywords = ['LUTDescriptor', 'LUTData'],
  }: { name: string; signed: boolean; keywords?: [Keyword, Keyword] },
): LookupTable {
  const [descriptor, data] = keywords;
  const element = place.elements[tagOf(descriptor)];
  if (element === undefined || element.length < 6) {
    throw badAttribute(name, descriptor, 'is missing or too short');
  }
  const isSigned = element.vr === undefined ? signed : element.vr === 'SS';
  const stated = place.uint16(tagOf(descriptor), 0)!;
  const count = stated === 0 ? 2 ** 16 : stated;
  const first = isSigned ? place.int16(tagOf(descriptor), 1)! : place.uint16(tagOf(descriptor), 1)!;
  const bits = place.uint16(tagOf(descriptor), 2)!;
  if (bits < 1 || bits > 16) {
    throw badAttribute(name, descriptor, `says ${bits} bits of an entry`);
  }
  const values = place.elements[tagOf(data)];
  // Entries of 8 bits may be packed in bytes.
  const packed = bits <= 8 && values?.length < 2 * count;
  if (values === undefined || values.length < count * (packed ? 1 : 2)) {
    throw badAttribute(name, data, `has fewer than ${count} entries`);
  }
  const entries = Uint16Array.from({ length: count }, (_, i) =>
    packed ? place.byteArray[values.dataOffset + i] : place.uint16(tagOf(data), i)!,
  );
  return { first, bits, entries };
}

/** What a table gives for a value. */
export const lookUp = ({ first, entries }: LookupTable, value: number): number =>
  entries[Math.min(Math.max(Math.trunc(value) - first, 0), entries.length - 1)];

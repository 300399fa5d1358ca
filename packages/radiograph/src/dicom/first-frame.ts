import type { DataSet, Element } from 'dicom-parser';
import { badAttribute, damagedDicom } from './dicom-errors.js';
import { RadiographError } from '../errors.js';
import { nameOf, tagOf } from './tags.js';

/** Tags of an item and of the end of items (PS3.5, 7.5), as two numbers of two bytes. */
const [itemGroup, item] = [0xfffe, 0xe000];

/** First two bytes of a JPEG or JPEG-LS image, and of a JPEG 2000 codestream. */
const beginnings = [0xffd8, 0xff4f];

/**
 * The bytes of the first frame's pixels, packed as they are.
 *
 * @param frames that the file holds.
 * @returns of uncompressed pixels all that there are, also those of further frames.
 * @throws RadiographError `dicom-without-pixels`, `image-damaged`, `image-unreadable`
 */
export function firstFrame(dataSet: DataSet, name: string, frames: number): Uint8Array {
  const { dataOffset, length, hadUndefinedLength = false } = requirePixels(dataSet, name);
  const { byteArray } = dataSet;
  if (hadUndefinedLength) {
    return joined(fragmentsOfFirstFrame(byteArray.subarray(dataOffset), name, frames));
  }
  return byteArray.subarray(dataOffset, dataOffset + length);
}

/** @throws RadiographError `dicom-without-pixels`, `image-unreadable` (pixels of floating point) */
export function requirePixels(dataSet: DataSet, name: string): Element {
  const element = dataSet.elements[tagOf('PixelData')];
  if (element !== undefined) {
    return element;
  }
  for (const keyword of ['FloatPixelData', 'DoubleFloatPixelData'] as const) {
    if (dataSet.elements[tagOf(keyword)] !== undefined) {
      throw badAttribute(name, keyword, 'holds pixels of floating point, which are not read', 'Export whole numbers.');
    }
  }
  throw new RadiographError(`${name} is a DICOM file without an image: it has no ${nameOf('PixelData')}.`, {
    code: 'dicom-without-pixels',
    remedy: 'Give the file of an image (CR, DX, ...), not a report, a plan or a folder of such, or leave this one out.',
  });
}

/** Items of encapsulated pixels (PS3.5, A.4): a table of offsets first, which may be empty. */
function fragmentsOfFirstFrame(bytes: Uint8Array, name: string, frames: number): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const items: { at: number; data: Uint8Array }[] = [];
  let at = 0;
  while (at + 8 <= bytes.length && view.getUint16(at, true) === itemGroup && view.getUint16(at + 2, true) === item) {
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > bytes.length) {
      throw damagedDicom(name, `its ${nameOf('PixelData')} ends within a fragment of ${length} bytes`);
    }
    items.push({ at, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 8 + length;
  }
  const [table, ...fragments] = items;
  if (fragments.length === 0) {
    throw damagedDicom(name, `its ${nameOf('PixelData')} holds no fragment`);
  }
  if (frames === 1) {
    return fragments.map(({ data }) => data);
  }
  const { data: offsets } = table;
  const second = offsets.length >= 8 ? new DataView(offsets.buffer, offsets.byteOffset).getUint32(4, true) : undefined;
  const [{ at: origin }] = fragments;
  const next = fragments.findIndex(({ at: place, data }, i) =>
    i === 0
      ? false
      : second === undefined
        ? beginsImage(data) || fragments.length === frames
        : place - origin >= second,
  );
  return fragments.slice(0, next === -1 ? undefined : next).map(({ data }) => data);
}

const beginsImage = (data: Uint8Array) => beginnings.includes((data[0] << 8) | data[1]);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) {
    return parts[0];
  }
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

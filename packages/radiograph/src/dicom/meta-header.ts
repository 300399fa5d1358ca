import { dicomPrefixEnd } from './is-dicom.js';

/** What is needed of a file's meta information. */
export interface MetaHeader {
  /** Undefined where there is none. */
  transferSyntax: string | undefined;
  /** Where the data set begins. */
  end: number;
}

/** Value representations whose length takes four bytes, after two of nothing (PS3.5, 7.1.2). */
const longVr = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

/**
 * Reads the elements of group 0002, which are explicit and little endian in every file (PS3.10, 7.1).
 *
 * It is read here, because dicom-parser reads one element further, as explicit too, which need not be one.
 */
export function readMetaHeader(bytes: Uint8Array): MetaHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + Math.min(length, 64)));
  let transferSyntax: string | undefined;
  let at = dicomPrefixEnd;
  while (at + 8 <= bytes.length && view.getUint16(at, true) === 0x0002) {
    const element = view.getUint16(at + 2, true);
    const long = longVr.has(text(at + 4, 2));
    if (long && at + 12 > bytes.length) {
      break;
    }
    const length = long ? view.getUint32(at + 8, true) : view.getUint16(at + 6, true);
    const value = at + (long ? 12 : 8);
    if (element === 0x0010) {
      // UIDs are padded with a null.
      transferSyntax = text(value, length).replace(/[\x00 ]+$/, '');
    }
    at = value + length;
  }
  return { transferSyntax: transferSyntax === '' ? undefined : transferSyntax, end: Math.min(at, bytes.length) };
}

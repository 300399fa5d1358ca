import { quaternionOfAffine } from './affine.js';
import { voxelLayouts, type Matrix4x4, type NiftiDtype, type NiftiHeader } from './nifti-types.js';

/** Header fields that a writer may set; the rest follows from data, shape and affine. */
export type NiftiHeaderFields = Partial<
  Omit<NiftiHeader, 'version' | 'littleEndian' | 'storedDtype' | 'qform' | 'sform'>
>;

/** What a header is made of. */
export interface HeaderContent {
  version: 1 | 2;
  isPair: boolean;
  dtype: NiftiDtype;
  bitsPerVoxel: number;
  shape: readonly number[];
  spacing: readonly number[];
  affine: Matrix4x4;
  dataOffset: number;
  fields: NiftiHeaderFields;
}

/** Writes numbers one behind the other; the two versions differ in order and in the width of most fields. */
class FieldWriter {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;
  readonly #wide: boolean;

  constructor(version: 1 | 2) {
    this.bytes = new Uint8Array(version === 1 ? 348 : 540);
    this.#view = new DataView(this.bytes.buffer);
    this.#wide = version === 2;
  }

  int8(...values: number[]) {
    for (const value of values) {
      this.#view.setUint8(this.#advance(1), value);
    }
  }

  int16(...values: number[]) {
    for (const value of values) {
      this.#view.setInt16(this.#advance(2), value, true);
    }
  }

  int32(...values: number[]) {
    for (const value of values) {
      this.#view.setInt32(this.#advance(4), value, true);
    }
  }

  /** Voxel counts: int16 in version 1, int64 in version 2. */
  size(...values: number[]) {
    if (!this.#wide) {
      this.int16(...values);
    } else {
      for (const value of values) {
        this.#view.setBigInt64(this.#advance(8), BigInt(value), true);
      }
    }
  }

  /** Codes: int16 in version 1, int32 in version 2. */
  code(...values: number[]) {
    if (this.#wide) {
      this.int32(...values);
    } else {
      this.int16(...values);
    }
  }

  /** float32 in version 1, float64 in version 2. */
  real(...values: number[]) {
    for (const value of values) {
      if (this.#wide) {
        this.#view.setFloat64(this.#advance(8), value, true);
      } else {
        this.#view.setFloat32(this.#advance(4), value, true);
      }
    }
  }

  /** Latin-1, cut and padded with zeros. */
  text(value: string, bytes: number) {
    const codes = Array.from({ length: Math.min(bytes, value.length) }, (_, i) => value.charCodeAt(i));
    this.bytes.set(codes, this.#advance(bytes));
  }

  skip(bytes: number) {
    this.#advance(bytes);
  }

  /** Where the next field begins. */
  #advance(bytes: number): number {
    const position = this.#position;
    this.#position += bytes;
    return position;
  }
}

/** A little-endian header of 348 or 540 bytes, laid out as nifti1.h and nifti2.h list the fields. */
export function encodeHeader({ version, isPair, ...content }: HeaderContent): Uint8Array {
  const writer = new FieldWriter(version);
  const { dtype, bitsPerVoxel, shape, spacing, affine, dataOffset, fields } = content;
  const { b, c, d, offset, qfac } = quaternionOfAffine(affine);
  const dims = [shape.length, ...shape, 1, 1, 1, 1, 1, 1, 1].slice(0, 8);
  const pixdims = [qfac, ...spacing, 1, 1, 1, 1, 1, 1, 1].slice(0, 8);
  const {
    slope = 1,
    intercept = 0,
    qformCode = 0,
    sformCode = 2,
    units = 0,
    description = '',
    auxiliaryFile = '',
    intentCode = 0,
    intentName = '',
    intentParameters = [0, 0, 0],
    displayMin = 0,
    displayMax = 0,
    dimensionInfo = 0,
    sliceStart = 0,
    sliceEnd = 0,
    sliceCode = 0,
    sliceDuration = 0,
    timeOffset = 0,
  } = fields;
  const srows = affine.slice(0, 3).flat();

  if (version === 1) {
    writer.int32(348);
    // Fields of Analyze 7.5, which NIfTI leaves unused and nibabel leaves zero.
    writer.skip(35);
    writer.int8(dimensionInfo);
    writer.size(...dims);
    writer.real(...intentParameters);
    writer.int16(intentCode, voxelLayouts[dtype].code, bitsPerVoxel, sliceStart);
    writer.real(...pixdims, dataOffset, slope, intercept);
    writer.int16(sliceEnd);
    writer.int8(sliceCode, units);
    writer.real(displayMax, displayMin, sliceDuration, timeOffset);
    writer.skip(8);
    writer.text(description, 80);
    writer.text(auxiliaryFile, 24);
    writer.code(qformCode, sformCode);
    writer.real(b, c, d, ...offset, ...srows);
    writer.text(intentName, 16);
    writer.text(isPair ? 'ni1' : 'n+1', 4);
    return writer.bytes;
  }
  writer.int32(540);
  writer.text(`${isPair ? 'ni2' : 'n+2'}\0\r\n\x1a\n`, 8);
  writer.int16(voxelLayouts[dtype].code, bitsPerVoxel);
  writer.size(...dims);
  writer.real(...intentParameters, ...pixdims);
  writer.size(dataOffset);
  writer.real(slope, intercept, displayMax, displayMin, sliceDuration, timeOffset);
  writer.size(sliceStart, sliceEnd);
  writer.text(description, 80);
  writer.text(auxiliaryFile, 24);
  writer.code(qformCode, sformCode);
  writer.real(b, c, d, ...offset, ...srows);
  writer.int32(sliceCode, units, intentCode);
  writer.text(intentName, 16);
  writer.int8(dimensionInfo);
  return writer.bytes;
}

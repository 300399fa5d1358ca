import { arrayClasses, bytesOf, elementCount, numberTypeOf, type TypedArray } from '@fractura/array-files';
import { VolumeIoError } from '../errors.js';
import { diagonalAffine, spacingOfAffine } from './affine.js';
import { encodeHeader, type NiftiHeaderFields } from './encode-header.js';
import { encodeExtensions } from './extensions.js';
import { voxelLayouts, type Matrix4x4, type NiftiDtype, type NiftiExtension } from './nifti-types.js';

/** A volume to write. A `NiftiVolume` as read fits where its voxels were not scaled. */
export interface NiftiInput {
  /** Voxels, x fastest: voxel (x, y, z) is at `x + shape[0] * (y + shape[1] * z)`. */
  data: TypedArray;
  /** Sizes as x, y, z, t, ... (one to seven). */
  shape: readonly number[];
  /** Needed only for complex and RGB voxels; else it must agree with the class of `data`. */
  dtype?: NiftiDtype;
  /** Distance along each axis of `shape`; mm for the first three. Default: from the affine, else 1. */
  spacing?: readonly number[];
  /** Voxel indices to RAS+ mm. Default: the spacing on the diagonal. */
  affine?: Matrix4x4;
  /**
   * Header fields; those left out are what nibabel writes (sform code 2, qform code 0, no units, slope 1).
   * `slope` and `intercept` are stored, not applied.
   */
  header?: NiftiHeaderFields;
  extensions?: readonly NiftiExtension[];
}

/** Which NIfTI. */
export interface NiftiVersion {
  /** Default: 1, or 2 where an axis is longer than NIfTI-1 can say (32767). */
  version?: 1 | 2;
}

export const invalid = (message: string) =>
  new VolumeIoError(message, { code: 'invalid-volume', remedy: 'Correct the volume that is to be written.' });

/** Integer fields by the width that version 1 gives them; version 2 has 32 bits, but for dim_info. */
const byteFields = ['dimensionInfo', 'units', 'sliceCode'] as const;
const wordFields = ['intentCode', 'qformCode', 'sformCode', 'sliceStart', 'sliceEnd'] as const;

function checkFields(fields: NiftiHeaderFields, version: 1 | 2): void {
  const limits = [
    ...byteFields.map((name) => ({ name, most: version === 1 || name === 'dimensionInfo' ? 255 : 2 ** 31 - 1 })),
    ...wordFields.map((name) => ({ name, most: version === 1 ? 32767 : 2 ** 31 - 1 })),
  ];
  for (const { name, most } of limits) {
    const value = fields[name] ?? 0;
    if (!Number.isInteger(value) || value < 0 || value > most) {
      throw invalid(`The header field ${name} is ${value}; NIfTI-${version} has room for integers from 0 to ${most}.`);
    }
  }
}

/** The bytes before the voxels, and theirs, which are not copied. */
export function layOut(input: NiftiInput, version: 1 | 2 | undefined, isPair: boolean) {
  const { data, shape, extensions = [] } = input;
  const dtype = input.dtype ?? numberTypeOf(data);
  if (!(dtype in voxelLayouts)) {
    throw invalid(`NIfTI has no voxels of the type ${dtype}.`);
  }
  const { element, components } = voxelLayouts[dtype];
  if (element !== numberTypeOf(data)) {
    throw invalid(`Voxels of ${dtype} must come as ${element}, not as ${numberTypeOf(data)}.`);
  }
  if (shape.length < 1 || shape.length > 7 || !shape.every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw invalid(`The shape [${shape.join(', ')}] must be one to seven integers of at least 1.`);
  }
  const voxels = elementCount(shape) * components;
  if (voxels !== data.length) {
    throw invalid(`The shape [${shape.join(', ')}] asks for ${voxels} numbers; the data has ${data.length}.`);
  }
  const affine = input.affine ?? diagonalAffine(input.spacing ?? []);
  if (affine.length !== 4 || !affine.every((row) => row.length === 4 && row.every(Number.isFinite))) {
    throw invalid('The affine must be four rows of four finite numbers.');
  }
  const fromAffine = spacingOfAffine(affine);
  // The first three stand in the header whatever the shape: a qform is scaled by them.
  const axes = Math.max(3, shape.length);
  const spacing = Array.from({ length: axes }, (_, axis) => input.spacing?.[axis] ?? fromAffine[axis] ?? 1);
  if (!spacing.every((step, axis) => Number.isFinite(step) && (axis < 3 ? step > 0 : step >= 0))) {
    throw invalid(`The spacing [${spacing.join(', ')}] must be finite, and above 0 along x, y and z.`);
  }
  const needed = Math.max(...shape) > 32767 ? 2 : 1;
  const chosen = version ?? needed;
  if (chosen !== 1 && chosen !== 2) {
    throw invalid(`There is no NIfTI version ${String(chosen)}.`);
  }
  if (chosen < needed) {
    throw invalid(`The shape [${shape.join(', ')}] needs NIfTI-2.`);
  }
  checkFields(input.header ?? {}, chosen);
  const extensionBytes = encodeExtensions(extensions);
  const header = encodeHeader({
    version: chosen,
    isPair,
    dtype,
    bitsPerVoxel: arrayClasses[element].BYTES_PER_ELEMENT * components * 8,
    shape,
    spacing,
    affine,
    dataOffset: isPair ? 0 : (chosen === 1 ? 348 : 540) + extensionBytes.byteLength,
    fields: input.header ?? {},
  });
  return { front: concatenate(header, extensionBytes), voxels: bytesOf(data) };
}

/**
 * A whole `.nii` file in memory, little-endian, not compressed. It runs in web pages, too.
 *
 * @throws VolumeIoError `invalid-volume`.
 * @throws ArrayFilesError `not-numbers`.
 */
export function encodeNiftiBytes(volume: NiftiInput, { version }: NiftiVersion = {}): Uint8Array<ArrayBuffer> {
  const { front, voxels } = layOut(volume, version, false);
  return concatenate(front, voxels);
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.byteLength + second.byteLength);
  bytes.set(first);
  bytes.set(second, first.byteLength);
  return bytes;
}

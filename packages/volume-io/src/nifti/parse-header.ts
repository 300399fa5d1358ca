import { NIFTI1, NIFTI2 } from 'nifti-reader-js';
import { VolumeIoError } from '../errors.js';
import { arrayClasses, elementCount } from '@fractura/array-files';
import { affineOfQuaternion, diagonalAffine } from './affine.js';
import { voxelLayouts, type Matrix4x4, type NiftiDtype, type NiftiHeader } from './nifti-types.js';

/** Bytes that hold either version's header and the four bytes that announce extensions. */
export const longestHeaderBytes = 544;

/** A header after all checks: where the voxels lie and what they mean. */
export interface ParsedHeader {
  header: NiftiHeader;
  shape: number[];
  spacing: number[];
  affine: Matrix4x4;
  affineSource: 'sform' | 'qform' | 'pixdim';
  /** True where the voxels are in a file of their own (`.img`). */
  isPair: boolean;
  headerBytes: number;
  hasExtensions: boolean;
  /** First byte of the voxels, in the `.img` file for a pair. */
  dataOffset: number;
  dataBytes: number;
  /** What a lenient reader mends in silence; told here. */
  repairs: string[];
}

const dtypeByCode = new Map(Object.entries(voxelLayouts).map(([dtype, { code }]) => [code, dtype as NiftiDtype]));

const damaged = (file: string, what: string) =>
  new VolumeIoError(`${file}: ${what}.`, {
    code: 'invalid-header',
    remedy: 'Write the file again from its source; this header cannot be trusted.',
  });

/** Finds version and byte order from the first four bytes, and the magic that must go with them. */
function identify(head: Uint8Array, file: string) {
  const notNifti = (why: string) =>
    new VolumeIoError(`${file} is not a NIfTI file: ${why}.`, {
      code: 'not-nifti',
      remedy: 'Give a .nii, .nii.gz or .hdr/.img file of NIfTI-1 or NIfTI-2 (Analyze 7.5 is not read).',
    });
  if (head.byteLength < 348) {
    throw notNifti(`${head.byteLength} bytes are fewer than a header has (348)`);
  }
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const size = [view.getInt32(0, true), view.getInt32(0, false)].find((value) => value === 348 || value === 540);
  if (size === undefined) {
    throw notNifti(`its first number is ${view.getInt32(0, true)}, not 348 or 540`);
  }
  if (head.byteLength < size) {
    throw notNifti(`${head.byteLength} bytes are fewer than its header has (${size})`);
  }
  const version = size === 348 ? (1 as const) : (2 as const);
  const magic = String.fromCharCode(...head.subarray(...(version === 1 ? [344, 347] : [4, 7])));
  if (magic !== `n+${version}` && magic !== `ni${version}`) {
    throw notNifti(`its magic is ${JSON.stringify(magic)}, not "n+${version}" or "ni${version}"`);
  }
  return { version, headerBytes: size, isPair: magic.startsWith('ni') };
}

/**
 * Parses and checks a NIfTI-1 or NIfTI-2 header.
 *
 * The fields come from nifti-reader-js; it is given the header alone, since its extension parser may loop on hostile
 * sizes. The affine is chosen as nibabel does (sform, else qform, else spacing), where nifti-reader-js prefers the
 * higher code.
 */
export function parseHeader(head: Uint8Array, file: string): ParsedHeader {
  const { version, headerBytes, isPair } = identify(head, file);
  const fields = version === 1 ? new NIFTI1() : new NIFTI2();
  fields.readHeader(head.slice(0, headerBytes).buffer);
  const repairs: string[] = [];

  const shape = shapeOf(fields.dims, file);
  const dtype = dtypeByCode.get(fields.datatypeCode);
  if (dtype === undefined) {
    throw new VolumeIoError(`${file} has voxels of datatype code ${fields.datatypeCode}, which is not supported.`, {
      code: 'unsupported-dtype',
      remedy: 'Convert it to an integer or float type of at most 64 bits.',
    });
  }
  const { element, components } = voxelLayouts[dtype];
  const voxelBytes = arrayClasses[element].BYTES_PER_ELEMENT * components;
  const dataBytes = elementCount(shape) * voxelBytes;
  if (!Number.isSafeInteger(dataBytes)) {
    throw damaged(file, `its dimensions ${shape.join(' x ')} are absurd`);
  }

  const spacing = fields.pixDims.slice(1, shape.length + 1).map((value, axis) => {
    if (!Number.isFinite(value)) {
      throw damaged(file, `pixdim[${axis + 1}] is ${value}`);
    }
    if (axis > 2 || value > 0) {
      return value;
    }
    repairs.push(`pixdim[${axis + 1}] is ${value}; its ${value === 0 ? 'place was taken by 1' : 'size was taken'}`);
    return value === 0 ? 1 : -value;
  });

  const { slope, intercept } = scalingOf(fields, file);
  const sform = sformOf(head, version, fields.littleEndian);
  const spacing3 = [0, 1, 2].map((axis) => spacing[axis] ?? usableSize(fields.pixDims[axis + 1]));
  const qform = affineOfQuaternion(
    {
      b: fields.quatern_b,
      c: fields.quatern_c,
      d: fields.quatern_d,
      offset: [fields.qoffset_x, fields.qoffset_y, fields.qoffset_z],
      qfac: (fields.pixDims[0] ?? 1) < 0 ? -1 : 1,
    },
    spacing3,
  );
  const affineSource = fields.sform_code > 0 ? 'sform' : fields.qform_code > 0 ? 'qform' : 'pixdim';
  const affine = { sform, qform, pixdim: diagonalAffine(spacing3) }[affineSource];
  if (!affine.flat().every(Number.isFinite)) {
    throw damaged(file, `its ${affineSource} holds numbers that are not finite`);
  }

  return {
    header: {
      version,
      littleEndian: fields.littleEndian,
      storedDtype: dtype,
      slope,
      intercept,
      qformCode: fields.qform_code,
      sformCode: fields.sform_code,
      qform,
      sform,
      units: fields.xyzt_units,
      description: fields.description,
      auxiliaryFile: fields.aux_file,
      intentCode: fields.intent_code,
      intentName: fields.intent_name,
      intentParameters: [fields.intent_p1, fields.intent_p2, fields.intent_p3],
      displayMin: fields.cal_min,
      displayMax: fields.cal_max,
      dimensionInfo: fields.dim_info,
      sliceStart: fields.slice_start,
      sliceEnd: fields.slice_end,
      sliceCode: fields.slice_code,
      sliceDuration: fields.slice_duration,
      timeOffset: fields.toffset,
    },
    shape,
    spacing,
    affine,
    affineSource,
    isPair,
    headerBytes,
    hasExtensions: (head[headerBytes] ?? 0) !== 0,
    dataOffset: dataOffsetOf(fields.vox_offset, { headerBytes, isPair, file }),
    dataBytes,
    repairs,
  };
}

/** Spacing of an axis that the shape does not have: a qform is scaled by it none the less. */
const usableSize = (size: number) => (Number.isFinite(size) && size > 0 ? size : 1);

function shapeOf(dims: number[], file: string): number[] {
  const axes = dims[0] ?? 0;
  if (!Number.isInteger(axes) || axes < 1 || axes > 7) {
    throw damaged(file, `its number of dimensions is ${axes}, not 1 to 7`);
  }
  const shape = dims.slice(1, axes + 1);
  if (!shape.every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw damaged(
      file,
      `its dimensions are ${shape.join(' x ')}; each must be an integer of at least 1 that can be counted exactly`,
    );
  }
  return shape;
}

/** Slope 0 or NaN is NIfTI's way to say "not scaled"; the rest must be finite, as nibabel demands. */
function scalingOf({ scl_slope, scl_inter }: { scl_slope: number; scl_inter: number }, file: string) {
  const unscaled = scl_slope === 0 || Number.isNaN(scl_slope);
  if (!unscaled && !(Number.isFinite(scl_slope) && Number.isFinite(scl_inter))) {
    throw damaged(file, `its voxels are scaled by slope ${scl_slope} and intercept ${scl_inter}`);
  }
  return { slope: scl_slope, intercept: scl_inter };
}

/** srow_x, srow_y, srow_z read from their place, since nifti-reader-js keeps only the matrix that it chose. */
function sformOf(head: Uint8Array, version: 1 | 2, littleEndian: boolean): Matrix4x4 {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const at = (index: number) =>
    version === 1 ? view.getFloat32(280 + index * 4, littleEndian) : view.getFloat64(400 + index * 8, littleEndian);
  const row = (start: number) => [at(start), at(start + 1), at(start + 2), at(start + 3)];
  return [row(0), row(4), row(8), [0, 0, 0, 1]];
}

function dataOffsetOf(offset: number, context: { headerBytes: number; isPair: boolean; file: string }): number {
  const { headerBytes, isPair, file } = context;
  const first = isPair ? 0 : headerBytes + 4;
  if (offset === 0) {
    return first;
  }
  if (!Number.isSafeInteger(offset) || offset < first) {
    throw damaged(file, `its voxels start at byte ${offset}, which is not at or behind byte ${first}`);
  }
  return offset;
}

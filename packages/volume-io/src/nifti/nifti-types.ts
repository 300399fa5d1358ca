import type { NumberType } from '@fractura/array-files';

/** Voxel types by name: numbers, and the composed types that hold several numbers a voxel. */
export type NiftiDtype = NumberType | 'complex64' | 'complex128' | 'rgb24' | 'rgba32';

interface VoxelLayout {
  code: number;
  element: NumberType;
  /** Numbers a voxel. */
  components: number;
}

/** Datatype codes of the NIfTI-1 standard (nifti1.h). */
export const voxelLayouts: Record<NiftiDtype, VoxelLayout> = {
  uint8: { code: 2, element: 'uint8', components: 1 },
  int16: { code: 4, element: 'int16', components: 1 },
  int32: { code: 8, element: 'int32', components: 1 },
  float32: { code: 16, element: 'float32', components: 1 },
  complex64: { code: 32, element: 'float32', components: 2 },
  float64: { code: 64, element: 'float64', components: 1 },
  rgb24: { code: 128, element: 'uint8', components: 3 },
  int8: { code: 256, element: 'int8', components: 1 },
  uint16: { code: 512, element: 'uint16', components: 1 },
  uint32: { code: 768, element: 'uint32', components: 1 },
  int64: { code: 1024, element: 'int64', components: 1 },
  uint64: { code: 1280, element: 'uint64', components: 1 },
  complex128: { code: 1792, element: 'float64', components: 2 },
  rgba32: { code: 2304, element: 'uint8', components: 4 },
};

/** A header extension: `code` says who defined it (4 is AFNI, 6 a comment), `data` is its content as stored. */
export interface NiftiExtension {
  code: number;
  data: Uint8Array;
}

/** Four rows of a voxel-to-world matrix: RAS+ millimetres = matrix · (i, j, k, 1). */
export type Matrix4x4 = number[][];

/** What a header says beside shape, spacing and affine; names are those of the standard, spelled out. */
export interface NiftiHeader {
  version: 1 | 2;
  littleEndian: boolean;
  /** Type of the voxels in the file, before scaling. */
  storedDtype: NiftiDtype;
  /** scl_slope and scl_inter as stored; a slope of 0 or NaN means no scaling. */
  slope: number;
  intercept: number;
  qformCode: number;
  sformCode: number;
  /** Matrix from the quaternion fields, whatever its code says. */
  qform: Matrix4x4;
  /** Matrix from the srow fields, whatever its code says. */
  sform: Matrix4x4;
  /** xyzt_units: space in bits 0-2 (2 is mm), time in bits 3-5 (8 is s). */
  units: number;
  description: string;
  auxiliaryFile: string;
  intentCode: number;
  intentName: string;
  intentParameters: [number, number, number];
  displayMin: number;
  displayMax: number;
  dimensionInfo: number;
  sliceStart: number;
  sliceEnd: number;
  sliceCode: number;
  sliceDuration: number;
  timeOffset: number;
}

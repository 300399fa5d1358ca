import type { TypedArray } from '@fractura/volume-io';

/** Numbers of a stored type; 64-bit integers come as float64. */
export type NumberArray = Exclude<TypedArray, BigInt64Array | BigUint64Array>;

/** One file as nnU-Net's reader gives it, with the numbers still of the stored type. */
export interface VolumeFile {
  /** `[channels, z, y, x]` in C order. */
  data: NumberArray;
  shape: [channels: number, z: number, y: number, x: number];
  /** Distance between voxels along z, y, x. */
  spacing: [z: number, y: number, x: number];
  /** Voxels (x, y, z) to millimetres, where the file says so. */
  affine?: number[][];
  /** What was read otherwise than it is stored, in whole sentences: a unit that is not the millimetre. */
  notes?: string[];
}

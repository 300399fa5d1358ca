import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { piecesOf, writeBeside, type WriteBesideOptions } from '@fractura/array-files';
import { encodeNiftiBytes, invalid, layOut, type NiftiInput, type NiftiVersion } from './encode-nifti-bytes.js';

/** How to encode. */
export interface EncodeNiftiOptions extends NiftiVersion {
  /** Compress to gzip; default false for `encodeNifti`, by the ending `.gz` for `writeNifti`. */
  gzip?: boolean;
  /** zlib's level, 0 to 9 (default 6; nibabel and SimpleITK use 1 to 9). */
  level?: number;
}

/** Up to here a volume is compressed at once, which costs less than a stream; 256 images of 64 x 64 voxels. */
const wholeBytes = 1 << 20;

function checkLevel(level: number): void {
  if (!Number.isInteger(level) || level < 0 || level > 9) {
    throw invalid(`The gzip level ${level} must be an integer from 0 to 9.`);
  }
}

/** A whole `.nii` file in memory, little-endian, compressed on request. */
export async function encodeNifti(
  volume: NiftiInput,
  { version, gzip: compress = false, level = 6 }: EncodeNiftiOptions = {},
): Promise<Uint8Array> {
  checkLevel(level);
  const bytes = encodeNiftiBytes(volume, { version });
  return compress ? gzipWhole(bytes, level) : bytes;
}

/** With room for all of a small output, or zlib would go to its thread once for each 16 kB of it. */
const gzipWhole = (bytes: Uint8Array, level: number): Promise<Buffer> =>
  promisify(gzip)(bytes, { level, chunkSize: Math.min(wholeBytes, Math.max(2 ** 14, bytes.byteLength)) });

/**
 * Writes `.nii` or `.nii.gz`, or a pair where the path ends in `.hdr` or `.img` (with or without `.gz`).
 *
 * Compression streams, and each file is written beside its place and renamed.
 *
 * @param options `flush: false` does not wait until the bytes are on the disk, for volumes that can be made again.
 * @throws VolumeIoError `invalid-volume`.
 * @throws ArrayFilesError `not-numbers`, `file-unwritable`.
 */
export async function writeNifti(
  path: string,
  volume: NiftiInput,
  {
    version,
    gzip: compress = /\.gz$/i.test(path),
    level = 6,
    signal,
    flush,
  }: EncodeNiftiOptions & Pick<WriteBesideOptions, 'signal' | 'flush'> = {},
): Promise<void> {
  checkLevel(level);
  const gzipLevel = compress ? level : undefined;
  const pair = /^(.*)\.(?:hdr|img)(\.gz)?$/i.exec(path);
  const { front, voxels } = layOut(volume, version, pair !== null);
  if (pair === null) {
    if (compress && voxels.byteLength <= wholeBytes) {
      await writeBeside(path, [await gzipWhole(Buffer.concat([front, voxels]), level)], { signal, flush });
    } else {
      await writeBeside(path, [front, ...piecesOf(voxels)], { gzipLevel, signal, flush });
    }
    return;
  }
  const [, base, gz = ''] = pair;
  await writeBeside(`${base}.img${gz}`, piecesOf(voxels), { gzipLevel, signal, flush });
  await writeBeside(`${base}.hdr${gz}`, [front], { gzipLevel, signal, flush });
}

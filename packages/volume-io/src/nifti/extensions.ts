import { VolumeIoError } from '../errors.js';
import type { NiftiExtension } from './nifti-types.js';

/**
 * Reads the chain of extensions between header and voxels (nifti1.h: esize, a multiple of 16 that counts itself; ecode; data).
 *
 * @param bytes all between the extension flag and the voxels.
 */
export function parseExtensions(bytes: Uint8Array, littleEndian: boolean, file: string): NiftiExtension[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const extensions: NiftiExtension[] = [];
  let position = 0;
  while (position + 8 <= bytes.byteLength) {
    const size = view.getInt32(position, littleEndian);
    if (size === 0) {
      break;
    }
    if (size < 16 || size % 16 !== 0 || position + size > bytes.byteLength) {
      throw new VolumeIoError(
        `${file}: header extension ${extensions.length} claims ${size} bytes; ${bytes.byteLength - position} are left before the voxels.`,
        { code: 'invalid-extension', remedy: 'Write the file again without its extensions.' },
      );
    }
    extensions.push({
      code: view.getInt32(position + 4, littleEndian),
      data: bytes.slice(position + 8, position + size),
    });
    position += size;
  }
  return extensions;
}

/** The flag bytes and the chain, padded to multiples of 16; four zero bytes without extensions. */
export function encodeExtensions(extensions: readonly NiftiExtension[]): Uint8Array {
  const sizes = extensions.map(({ data }) => Math.ceil((data.byteLength + 8) / 16) * 16);
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 4));
  const view = new DataView(bytes.buffer);
  bytes[0] = extensions.length > 0 ? 1 : 0;
  let position = 4;
  for (const [index, { code, data }] of extensions.entries()) {
    view.setInt32(position, sizes[index], true);
    view.setInt32(position + 4, code, true);
    bytes.set(data, position + 8);
    position += sizes[index];
  }
  return bytes;
}

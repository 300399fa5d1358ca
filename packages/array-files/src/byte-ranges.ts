import { open } from 'node:fs/promises';
import { ArrayFilesError, fileError } from './errors.js';

/** Random access to the bytes of a file or of memory. */
export interface ByteRanges {
  /** Path, or what to call bytes without one; for messages. */
  readonly name: string;
  readonly size: number;
  /**
   * A copy of `length` bytes from `offset`; nothing is allocated unless they are there.
   *
   * @throws ArrayFilesError `file-truncated`, `file-unreadable`.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Reads of 2 GiB and more fail on some systems; longer ranges are read in parts of at most this size. */
const maxReadBytes = 2 ** 30;

function checkRange(name: string, size: number, offset: number, length: number): void {
  if (
    !Number.isSafeInteger(offset) ||
    !Number.isSafeInteger(length) ||
    offset < 0 ||
    length < 0 ||
    offset + length > size
  ) {
    throw new ArrayFilesError(`${name} has ${size} bytes; ${length} bytes from byte ${offset} were requested.`, {
      code: 'file-truncated',
      remedy: 'Copy or download the file again.',
    });
  }
}

/**
 * Opens a path, or wraps bytes.
 *
 * @param name what to call bytes in messages.
 * @throws ArrayFilesError `file-not-found`, `file-unreadable`.
 */
export async function openByteRanges(input: string | Uint8Array, name = 'The data'): Promise<ByteRanges> {
  if (typeof input !== 'string') {
    return {
      name,
      size: input.byteLength,
      // eslint-disable-next-line @typescript-eslint/require-await -- a wrong range must reject, not throw
      async read(offset, length) {
        checkRange(name, input.byteLength, offset, length);
        return new Uint8Array(input.subarray(offset, offset + length));
      },
      close: () => Promise.resolve(),
    };
  }
  try {
    const handle = await open(input);
    const { size } = await handle.stat();
    return {
      name: input,
      size,
      async read(offset, length) {
        checkRange(input, size, offset, length);
        const bytes = new Uint8Array(length);
        let position = 0;
        while (position < length) {
          const part = Math.min(length - position, maxReadBytes);
          const { bytesRead } = await handle.read(bytes, position, part, offset + position);
          if (bytesRead === 0) {
            checkRange(input, offset + position, offset, length);
          }
          position += bytesRead;
        }
        return bytes;
      },
      close: () => handle.close(),
    };
  } catch (cause) {
    throw fileError(input, cause);
  }
}

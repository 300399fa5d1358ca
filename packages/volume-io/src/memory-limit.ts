import { VolumeIoError } from './errors.js';

/** Memory that a small file may take, in bytes. */
const floor = 2 ** 28;

/** How many times its size a compressed file may take; real volumes of integers shrink to a half or a tenth. */
const usualRatio = 24;

/** Memory that any file may take unless told otherwise. */
const ceiling = 2 ** 32;

/**
 * Bytes that a compressed file may become, unless its reader is told otherwise: 256 MiB, and for larger files 24 times their size,
 * up to 4 GiB. Deflate reaches a ratio of 1032, so a file of 10 MB could claim 10 GB.
 */
export const defaultLimit = (fileBytes: number): number => Math.min(Math.max(floor, fileBytes * usualRatio), ceiling);

/** @throws VolumeIoError `limit-invalid` for a limit that is not a whole number of at least 1. */
export function checkMaxBytes(maxBytes: number | undefined): void {
  if (maxBytes !== undefined && !(Number.isSafeInteger(maxBytes) && maxBytes >= 1)) {
    throw new VolumeIoError(`The limit of memory is ${maxBytes} bytes.`, {
      code: 'limit-invalid',
      remedy: 'Give maxBytes as a whole number of at least 1, or leave it out.',
    });
  }
}

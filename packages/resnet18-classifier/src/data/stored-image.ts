import { open } from 'node:fs/promises';
import { bytesOf, viewElements } from '@fractura/array-files';
import { Resnet18ClassifierError } from '../errors.js';
import type { ClassifierImage, LevelType, StoredImage } from './classifier-sample.js';

const brightest = { uint8: 255, uint16: 65_535 } as const;
const bytesPerNumber = { uint8: 1, uint16: 2, float32: 4 } as const;

/** Bytes that a stored image takes. */
export const storedBytes = ({ type, height, width, channels }: Omit<StoredImage, 'file' | 'offset'>): number =>
  height * width * channels * bytesPerNumber[type];

/** An image's numbers in the fewest bytes that give every one of them back exactly: whole 255ths, whole 65535ths, or float32. */
export function encodeLevels({ data }: ClassifierImage): { type: LevelType; bytes: Uint8Array } {
  for (const type of ['uint8', 'uint16'] as const) {
    const most = brightest[type];
    const levels = type === 'uint8' ? new Uint8Array(data.length) : new Uint16Array(data.length);
    if (data.every((value, i) => Math.fround((levels[i] = Math.round(value * most)) / most) === value)) {
      return { type, bytes: bytesOf(levels) };
    }
  }
  return { type: 'float32', bytes: bytesOf(data) };
}

/**
 * Reads an image where it is stored.
 *
 * @throws Resnet18ClassifierError `image-cache-damaged`
 */
export async function readStoredImage(stored: StoredImage): Promise<ClassifierImage> {
  const { file, offset, type, height, width, channels } = stored;
  const bytes = new Uint8Array(storedBytes(stored));
  let bytesRead = 0;
  try {
    const handle = await open(file);
    try {
      ({ bytesRead } = await handle.read(bytes, 0, bytes.length, offset));
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw damaged(file, cause);
  }
  if (bytesRead < bytes.length) {
    throw damaged(file);
  }
  const levels = viewElements(type, bytes, 0, height * width * channels);
  const data =
    type === 'float32' ? (levels as Float32Array) : Float32Array.from(levels as Uint8Array, (l) => l / brightest[type]);
  return { data, height, width, channels };
}

const damaged = (file: string, cause?: unknown) =>
  new Resnet18ClassifierError(`${file} is not as it was written when images were cached.`, {
    code: 'image-cache-damaged',
    remedy: 'Begin again: the cache is made anew where a file of it is absent or shorter.',
    cause,
  });

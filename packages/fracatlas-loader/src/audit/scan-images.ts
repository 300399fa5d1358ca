import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { forEachConcurrently, type TaskOptions } from '@fractura/concurrency';
import { reasonOf } from '@fractura/errors';
import { readThumbnail } from '@fractura/radiograph';
import type { AtlasRecord } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { thumbnailSide } from './perceptual-hash.js';

/** What one decoding of an image tells. */
export interface ImageScan {
  file: string;
  /** SHA-256 of the file's bytes, lower-case hex. */
  sha256: string;
  /** Why strict decoding refused the image; undefined where it is whole. */
  damage?: string;
  /** The upright image in grey, 64 x 64 pixels, row-major; undefined where not even a part could be decoded. */
  thumbnail?: Uint8Array;
}

/**
 * Reads every file once, decodes it strictly and keeps a thumbnail. A damaged image is decoded again as far as it goes, so
 * that duplicates among damaged images are found too.
 */
export async function scanImages(records: readonly AtlasRecord[], options: TaskOptions = {}): Promise<ImageScan[]> {
  const scans = new Array<ImageScan>(records.length);
  await forEachConcurrently(
    records,
    async (record, i) => {
      scans[i] = await scanImage(record);
    },
    { concurrency: 3, weigh: ({ width, height }) => width * height, ...options },
  );
  return scans;
}

async function scanImage({ file, path }: AtlasRecord): Promise<ImageScan> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new FracatlasLoaderError(`${path} cannot be read: ${reasonOf(cause)}.`, {
      code: 'image-unreadable',
      remedy: 'Restore the image, or take it and its rows out of the data set.',
      cause,
    });
  }
  const { damage, image } = await readThumbnail(path, { side: thumbnailSide, bytes });
  return { file, sha256: createHash('sha256').update(bytes).digest('hex'), damage, thumbnail: image?.data };
}

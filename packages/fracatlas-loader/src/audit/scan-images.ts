import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { forEachConcurrently, type TaskOptions } from '@fractura/array-files';
import type { AtlasRecord } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { openImage } from '../load/open-image.js';
import { reasonOf } from '../load/read-text.js';
import { thumbnailSide } from './perceptual-hash.js';

/** The last two bytes of a JPEG image; some programs add a few of their own. ITU-T T.81, table B.1. */
const endOfImage = Buffer.from([0xff, 0xd9]);
const longestTrailer = 64;

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
    { concurrency: 3, ...options },
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
  const scan: ImageScan = { file, sha256: createHash('sha256').update(bytes).digest('hex') };
  try {
    scan.thumbnail = await thumbnailOf(path, bytes, 'warning');
  } catch {
    scan.damage = damageOf(bytes);
    scan.thumbnail = await thumbnailOf(path, bytes, 'none').catch(() => undefined);
  }
  return scan;
}

async function thumbnailOf(path: string, bytes: Buffer, failOn: 'warning' | 'none'): Promise<Uint8Array> {
  const image = await openImage(path, bytes, { failOn, sequentialRead: true });
  return image
    .autoOrient()
    .greyscale()
    .resize(thumbnailSide, thumbnailSide, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
}

/**
 * Why strict decoding fails, from the file itself: what libvips says differs from run to run, as its threads share one
 * list of warnings.
 */
function damageOf(bytes: Buffer): string {
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (bytes.length === 0) {
    return 'the file is empty';
  }
  if (isJpeg && bytes.lastIndexOf(endOfImage) < bytes.length - longestTrailer) {
    return 'the file ends before its image does';
  }
  return 'the file does not decode without errors';
}

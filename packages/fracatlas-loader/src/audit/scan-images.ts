import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import type { AtlasRecord } from '../atlas.js';
import { FracatlasLoaderError } from '../errors.js';
import { forEachFile } from '../for-each-file.js';
import { reasonOf } from '../load/read-text.js';
import type { TaskOptions } from '../progress.js';
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
  await forEachFile(
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
    scan.thumbnail = await thumbnailOf(bytes, 'warning');
  } catch (error) {
    scan.damage = firstLine(reasonOf(error));
    scan.thumbnail = await thumbnailOf(bytes, 'none').catch(() => undefined);
  }
  return scan;
}

async function thumbnailOf(bytes: Buffer, failOn: 'warning' | 'none'): Promise<Uint8Array> {
  return sharp(bytes, { failOn, sequentialRead: true })
    .autoOrient()
    .greyscale()
    .resize(thumbnailSide, thumbnailSide, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
}

/** libvips repeats its warnings, and sometimes gives none: then the decoder gave up without a reason. */
function firstLine(reason: string): string {
  const [line] = reason.split('\n');
  return line!.startsWith('Warning treated as error') ? 'the decoder gave a warning' : line!.replace(/^VipsJpeg: /, '');
}

/** libjpeg fills what it cannot decode with mid-grey; compression leaves it within a few levels of that. */
const fillGrey = { least: 122, most: 134 };

/** The share of the height, from the bottom, that is nothing but a decoder's fill grey. */
export function blankRows({ thumbnail }: Pick<ImageScan, 'thumbnail'>): number {
  if (!thumbnail) return 1;
  let blank = 0;
  while (blank < thumbnailSide) {
    const row = thumbnail.subarray(
      (thumbnailSide - blank - 1) * thumbnailSide,
      (thumbnailSide - blank) * thumbnailSide,
    );
    const uniform = row.every((grey) => grey >= fillGrey.least && grey <= fillGrey.most);
    if (!uniform) break;
    blank += 1;
  }
  return blank / thumbnailSide;
}

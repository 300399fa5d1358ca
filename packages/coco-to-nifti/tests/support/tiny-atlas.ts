import { temporaryFolder } from '@fractura/testing';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { CocoAnnotation, CocoCategory, CocoImage } from '@fractura/coco';

/** A grey JPEG with a slope of levels from left to right. */
export async function jpegOf(width: number, height: number, orientation = 1): Promise<Buffer> {
  const data = Uint8Array.from({ length: width * height }, (_, i) => Math.round(((i % width) / width) * 200) + 20);
  return sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .jpeg({ quality: 95 })
    .withMetadata({ orientation })
    .toBuffer();
}

/** A COCO folder: files by name below `images`, and `coco.json`; gives what `convertCoco` needs. */
export async function tinyAtlas({
  files,
  images,
  annotations,
  categories = [{ id: 1, name: 'fractured' }],
}: {
  files: Record<string, Buffer>;
  images: CocoImage[];
  annotations: (Partial<CocoAnnotation> & Pick<CocoAnnotation, 'id' | 'image_id'>)[];
  categories?: CocoCategory[];
}) {
  const folder = await temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(join(folder, 'images', dirname(name)), { recursive: true });
    await writeFile(join(folder, 'images', name), bytes);
  }
  const coco = { images, annotations: annotations.map((entry) => ({ category_id: 1, ...entry })), categories };
  await writeFile(join(folder, 'coco.json'), JSON.stringify(coco));
  return {
    images: join(folder, 'images'),
    annotations: join(folder, 'coco.json'),
    output: join(folder, 'raw'),
    datasetId: 5,
    datasetName: 'Tiny',
  };
}

/** The outline of a box, as a polygon. */
export const box = (x: number, y: number, width: number, height: number): number[] => [
  ...[x, y, x + width, y],
  ...[x + width, y + height, x, y + height],
];

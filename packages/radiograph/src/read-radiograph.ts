import { readFile } from 'node:fs/promises';
import { readImage } from './pictures/read-image.js';
import sharp, { type Metadata } from 'sharp';
import { RadiographError } from './errors.js';
import { reasonOf } from '@fractura/errors';
import { resampleLanczos, type GreyImage } from './resize/resample-lanczos.js';
import { toGrey } from './grey/to-grey.js';

/** Width and height in pixels, or the image's own. */
export type TargetSize = { width: number; height: number } | 'native';

/** What is done about an image that is cut short or corrupt: end with an error, leave it out, or take what decodes. */
export type DamagePolicy = 'error' | 'skip' | 'salvage';

/** An upright grey radiograph. */
export interface Radiograph {
  /** Grey levels, row-major, [height, width]; 16 bit where the file has more than 8. */
  data: Uint8Array | Uint16Array;
  width: number;
  height: number;
  /** Pixels of the upright image before it was scaled. */
  sourceWidth: number;
  sourceHeight: number;
  /** EXIF orientation that was applied; 1 where there is none. */
  orientation: number;
  /** Why strict decoding refused the image, where it was salvaged; what is missing is grey or black. */
  damage?: string;
}

/**
 * Reads a radiograph as Pillow's `exif_transpose`, `convert('L')` and `resize(size, LANCZOS)` give it: upright, grey by
 * ITU-R BT.601 luma, scaled by Lanczos. Colour profiles and alpha are not applied. Deeper grey stays 16 bit.
 *
 * @param file path of a JPEG, PNG, TIFF, BMP, WebP, GIF or AVIF file.
 * @param options `size` of the result (default native); `damaged: 'salvage'` takes what decodes of a damaged file.
 * @throws RadiographError `image-missing`, `image-unreadable` (not an image at all), `image-damaged`, `size-invalid`.
 */
export async function readRadiograph(
  file: string,
  { size = 'native', damaged = 'error' }: { size?: TargetSize; damaged?: Exclude<DamagePolicy, 'skip'> } = {},
): Promise<Radiograph> {
  checkSize(size);
  const bytes = await readBytes(file);
  const isBmp = bytes.subarray(0, 2).toString('latin1') === 'BM';
  const { image, orientation = 1, damage } = isBmp ? await decodeBmp(file) : await decode(file, bytes, damaged);
  const scaled = size === 'native' ? image : resampleLanczos(image, size);
  return {
    ...scaled,
    sourceWidth: image.width,
    sourceHeight: image.height,
    orientation,
    damage,
  };
}

/** @throws RadiographError `size-invalid` */
export function checkSize(size: TargetSize): void {
  if (size === 'native') {
    return;
  }
  for (const side of [size.width, size.height]) {
    if (!Number.isInteger(side) || side < 1 || side > 32767) {
      throw new RadiographError(`An image of ${size.width} x ${size.height} pixels cannot be made.`, {
        code: 'size-invalid',
        remedy: 'Give width and height as integers from 1 to 32767.',
      });
    }
  }
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new RadiographError(`${file} cannot be read: ${reasonOf(cause)}.`, {
      code: 'image-missing',
      remedy: 'Check the folder of images and the file names in the annotations.',
      cause,
    });
  }
}

interface Decoded {
  image: GreyImage;
  orientation?: number | undefined;
  damage?: string;
}

const unreadable = (file: string, reason: string, cause?: unknown) =>
  new RadiographError(`${file} is not an image that can be read: ${reason}.`, {
    code: 'image-unreadable',
    remedy: 'Restore the file, or take it out of the annotations.',
    cause,
  });

/** What libvips was not built to read. */
async function decodeBmp(file: string): Promise<Decoded> {
  const { data, shape } = await readImage(file, { white: 255 }).catch((cause: unknown) => {
    throw unreadable(file, reasonOf(cause), cause);
  });
  const [height, width, channels = 1] = shape;
  return { image: { data: toGrey(data as Uint8Array, channels, { cmyk: false }), width, height } };
}

async function decode(file: string, bytes: Buffer, damaged: 'error' | 'salvage'): Promise<Decoded> {
  let metadata: Metadata;
  try {
    metadata = await sharp(bytes).metadata();
  } catch (cause) {
    throw unreadable(file, reasonOf(cause), cause);
  }
  const { depth, orientation } = metadata;
  if (depth !== 'uchar' && depth !== 'ushort') {
    throw unreadable(file, `its samples are of the type ${depth}, not of 8 or 16 bits`);
  }
  try {
    return { image: await decodeGrey(bytes, metadata, 'warning'), orientation };
  } catch (cause) {
    const damage = reasonOf(cause);
    if (damaged === 'salvage') {
      const image = await decodeGrey(bytes, metadata, 'none').catch(() => undefined);
      if (image) {
        return { image, orientation, damage };
      }
    }
    throw new RadiographError(`${file} is damaged: ${damage}.`, {
      code: 'image-damaged',
      remedy: "Restore the file, or choose to skip or to salvage damaged images (`damaged: 'skip'` or `'salvage'`).",
      cause,
    });
  }
}

/** Decodes at full size: no shrink-on-load, no profile, no premultiplied alpha, the file's own channels. */
async function decodeGrey(bytes: Buffer, metadata: Metadata, failOn: 'warning' | 'none'): Promise<GreyImage> {
  const deep = metadata.depth === 'ushort';
  const cmyk = metadata.space === 'cmyk';
  const grey = metadata.channels < 3;
  const space = cmyk ? 'cmyk' : grey ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb';
  const pipeline = sharp(bytes, { failOn, ignoreIcc: true, sequentialRead: true }).autoOrient().toColourspace(space);
  if (cmyk) {
    pipeline.pipelineColourspace('cmyk');
  }
  const { data, info } = await pipeline.raw({ depth: deep ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true });
  const pixels = deep
    ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  // Pillow takes the high byte of deeper inks.
  const inks = cmyk && deep ? Uint8Array.from(pixels, (ink) => ink >> 8) : pixels;
  return { data: toGrey(inks, info.channels, { cmyk }), width: info.width, height: info.height };
}

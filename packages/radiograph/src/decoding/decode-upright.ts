import { reasonOf } from '@fractura/errors';
import type { Metadata } from 'sharp';
import { RadiographError } from '../errors.js';
import { cmykToRgb } from '../colour/cmyk-to-rgb.js';
import type { PixelImage } from '../images/pixel-image.js';
import { unreadableImage } from '../images/unreadable-image.js';
import { describeDamage } from './damage.js';
import { decodeBmp } from './decode-bmp.js';
import { checkDecodedSize, checkLimit, type SizeLimit } from './decoded-size.js';
import { isBmp, readImageFile } from './image-file.js';
import { loadSharp } from './load-sharp.js';

/** An image as it is to be seen. */
export interface UprightImage {
  /** Grey, RGB or either with alpha, 8 or 16 bits. */
  image: PixelImage;
  /** EXIF orientation that was applied; 1 where there is none. */
  orientation: number;
  /** Why strict decoding refused the image, where it was salvaged. */
  damage?: string;
}

/**
 * Decodes an image at full size and turns it upright: colours of palettes looked up, CMYK as Pillow's RGB, 8 or 16 bits as
 * stored, no colour profile applied.
 *
 * @param damaged `salvage` takes what decodes of a damaged file.
 * @throws RadiographError `image-missing`, `image-unreadable` (not an image at all), `image-damaged`, `image-too-large`, `size-invalid`
 */
export async function decodeUpright(
  file: string,
  { damaged = 'error', ...limit }: SizeLimit & { damaged?: 'error' | 'salvage' } = {},
): Promise<UprightImage> {
  checkLimit(limit);
  const bytes = await readImageFile(file);
  if (isBmp(bytes)) {
    const { data, shape } = decodeBmp(bytes, file, { ...limit, white: 255 });
    const [height, width, channels = 1] = shape;
    return { image: { data: data as Uint8Array, height, width, channels }, orientation: 1 };
  }
  const metadata = await readMetadata(bytes, file, limit);
  const { orientation = 1 } = metadata;
  try {
    return { image: await decodePixels(bytes, metadata, 'warning'), orientation };
  } catch (cause) {
    const damage = describeDamage(bytes);
    const image =
      damaged === 'salvage' ? await decodePixels(bytes, metadata, 'none').catch(() => undefined) : undefined;
    if (image) {
      return { image, orientation, damage };
    }
    throw new RadiographError(`${file} is damaged: ${damage}.`, {
      code: 'image-damaged',
      remedy: "Restore the file, or choose to skip or to salvage damaged images (`damaged: 'skip'` or `'salvage'`).",
      cause,
    });
  }
}

async function readMetadata(bytes: Buffer, file: string, limit: SizeLimit): Promise<Metadata> {
  const sharp = await loadSharp();
  if (bytes.length === 0) {
    throw unreadableImage(file, 'it is empty');
  }
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw unreadableImage(file, reasonOf(cause), cause);
    });
  if (metadata.depth !== 'uchar' && metadata.depth !== 'ushort') {
    throw unreadableImage(file, `its samples are of the type ${metadata.depth}, not of 8 or 16 bits`);
  }
  try {
    checkDecodedSize(file, bytes, metadata, limit);
  } catch (cause) {
    throw cause instanceof RadiographError ? cause : unreadableImage(file, reasonOf(cause), cause);
  }
  return metadata;
}

/** No shrink-on-load, no colour profile, no premultiplied alpha: the file's own pixels. */
async function decodePixels(bytes: Buffer, metadata: Metadata, failOn: 'warning' | 'none'): Promise<PixelImage> {
  const deep = metadata.depth === 'ushort';
  const cmyk = metadata.space === 'cmyk';
  const grey = metadata.channels < 3;
  const space = cmyk ? 'cmyk' : grey ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb';
  const sharp = await loadSharp();
  const pipeline = sharp(bytes, { failOn, limitInputPixels: false, ignoreIcc: true, sequentialRead: true })
    .autoOrient()
    .toColourspace(space);
  if (cmyk) {
    pipeline.pipelineColourspace('cmyk');
  }
  const { data, info } = await pipeline.raw({ depth: deep ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true });
  const pixels = deep
    ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const { width, height, channels } = info;
  if (!cmyk) {
    return { data: pixels, height, width, channels };
  }
  // Pillow takes the high byte of deeper inks.
  const inks = pixels instanceof Uint16Array ? Uint8Array.from(pixels, (ink) => ink >> 8) : pixels;
  return { data: cmykToRgb(inks), height, width, channels: 3 };
}

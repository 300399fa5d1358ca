import { reasonOf } from '@fractura/errors';
import type { Metadata } from 'sharp';
import { RadiographError } from '../errors.js';
import { cmykToRgb } from '../colour/cmyk-to-rgb.js';
import { decodeDicom, type DicomOptions } from '../dicom/decode-dicom.js';
import { isDicom } from '../dicom/is-dicom.js';
import type { PixelSpacing } from '../dicom/pixel-spacing.js';
import type { PixelImage } from '../images/pixel-image.js';
import { unreadableImage } from '../images/unreadable-image.js';
import { describeDamage } from './damage.js';
import { decodeBmp } from './decode-bmp.js';
import { checkDecodedSize } from './decoded-size.js';
import { checkLimit, type SizeLimit } from '../images/size-limit.js';
import { spreadLevels } from './spread-levels.js';
import { unusedBits } from './unused-bits.js';
import { decodeStored } from './decode-stored.js';
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
  /** How far the centres of pixels are apart, where a DICOM file tells. */
  pixelSpacing?: PixelSpacing;
  /** What a user should know, in sentences. */
  warnings: string[];
}

/**
 * Decodes an image at full size and turns it upright: colours of palettes looked up, CMYK as Pillow's RGB, 8 or 16 bits as
 * stored, no colour profile applied. What is a DICOM file, by its content, comes as `decodeDicom` gives it.
 *
 * @param options `damaged: 'salvage'` takes what decodes of a damaged file; `window` is for DICOM.
 * @throws RadiographError `image-missing`, `image-unreadable` (not an image at all), `image-damaged`, `image-too-large`,
 *   `size-invalid`; what `decodeDicom` throws.
 */
export async function decodeUpright(
  file: string,
  { damaged = 'error', window, ...limit }: DicomOptions & { damaged?: 'error' | 'salvage' } = {},
): Promise<UprightImage> {
  checkLimit(limit);
  const bytes = await readImageFile(file);
  if (isDicom(bytes)) {
    const { data, height, width, pixelSpacing, warnings } = await decodeDicom(bytes, { name: file, window, ...limit });
    return { image: { data, height, width, channels: 1 }, orientation: 1, pixelSpacing, warnings };
  }
  if (isBmp(bytes)) {
    const { data, shape } = decodeBmp(bytes, file, { ...limit, white: 255 });
    const [height, width, channels = 1] = shape;
    return { image: { data: data as Uint8Array, height, width, channels }, orientation: 1, warnings: [] };
  }
  const metadata = await readMetadata(bytes, file, limit);
  const { orientation = 1 } = metadata;
  const told = further(file, metadata);
  if (!isOfLevels(metadata)) {
    return decodeNumbers(bytes, file, { ...limit, orientation, told });
  }
  try {
    const image = await decodePixels(bytes, metadata, 'warning');
    return { image, orientation, warnings: [...told, ...unusedBits(file, image)] };
  } catch (cause) {
    const damage = describeDamage(bytes);
    const image =
      damaged === 'salvage' ? await decodePixels(bytes, metadata, 'none').catch(() => undefined) : undefined;
    if (image) {
      return { image, orientation, damage, warnings: [...told, ...unusedBits(file, image)] };
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
  try {
    checkDecodedSize(file, bytes, metadata, limit);
  } catch (cause) {
    throw cause instanceof RadiographError ? cause : unreadableImage(file, reasonOf(cause), cause);
  }
  return metadata;
}

/** Whether samples are levels of 8 or 16 bits. */
const isOfLevels = ({ depth }: Metadata) => depth === 'uchar' || depth === 'ushort';

/** Says that a file holds further images. */
const further = (file: string, { pages = 1 }: Metadata): string[] =>
  pages > 1 ? [`${file} holds ${pages} images; the first is read.`] : [];

/** An image of numbers that are no levels: signed, of 32 bits, or floating. */
async function decodeNumbers(
  bytes: Buffer,
  file: string,
  { orientation, told, ...limit }: SizeLimit & { orientation: number; told: readonly string[] },
): Promise<UprightImage> {
  try {
    if (orientation !== 1) {
      throw new Error(`its samples are not of 8 or 16 bits, and it is turned (EXIF orientation ${orientation})`);
    }
    const { image, warning } = spreadLevels(file, await decodeStored(bytes, file, { ...limit, page: 0 }));
    return { image, orientation, warnings: [...told, warning] };
  } catch (cause) {
    throw cause instanceof RadiographError ? cause : unreadableImage(file, reasonOf(cause), cause);
  }
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

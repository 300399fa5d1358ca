import { stat } from 'node:fs/promises';
import { reasonOf } from '@fractura/errors';
import { readBmpLayout } from './decoding/bmp-layout.js';
import { channelsOfBmp } from './decoding/decode-bmp.js';
import { beginningOf, isBmp, missingImage, readImageFile } from './decoding/image-file.js';
import { loadSharp } from './decoding/load-sharp.js';
import { Attributes } from './dicom/attributes.js';
import { openDicom } from './dicom/dicom-file.js';
import { requirePixels } from './dicom/first-frame.js';
import { isDicom } from './dicom/is-dicom.js';
import { pixelSpacing, type PixelSpacing } from './dicom/pixel-spacing.js';
import { describePixels } from './dicom/pixel-description.js';
import { RadiographError } from './errors.js';
import { unreadableImage } from './images/unreadable-image.js';

/** What an image's header tells. */
export interface ImageHeader {
  /** Size of the file. */
  bytes: number;
  /** Pixels of the upright image. */
  width: number;
  height: number;
  /** EXIF orientation; 1 where there is none. */
  orientation: number;
  /** 1 for grey, 3 for RGB, 4 with alpha or CMYK. */
  channels: number;
  /** How far the centres of pixels are apart, where a DICOM file tells; else absent. */
  pixelSpacing?: PixelSpacing;
}

/**
 * Reads size, orientation and channels from an image's header; no pixel is decoded.
 *
 * @throws RadiographError `image-missing`, `image-unreadable`; of DICOM also `image-damaged`, `dicom-without-pixels`, `dicom-unsupported`
 */
export async function readImageHeader(file: string): Promise<ImageHeader> {
  const { size: bytes } = await stat(file).catch((cause: unknown) => {
    throw missingImage(file, cause);
  });
  try {
    const beginning = await beginningOf(file);
    if (isDicom(beginning)) {
      return { bytes, ...(await headerOfDicom(file)), orientation: 1 };
    }
    if (isBmp(beginning)) {
      const layout = readBmpLayout(await readImageFile(file), file);
      const { width, height } = layout;
      return { bytes, width, height, orientation: 1, channels: channelsOfBmp(layout) };
    }
    const sharp = await loadSharp();
    const { autoOrient, orientation = 1, channels } = await sharp(file, { limitInputPixels: false }).metadata();
    return { bytes, width: autoOrient.width, height: autoOrient.height, orientation, channels };
  } catch (cause) {
    throw cause instanceof RadiographError ? cause : unreadableImage(file, reasonOf(cause), cause);
  }
}

async function headerOfDicom(file: string): Promise<Omit<ImageHeader, 'bytes' | 'orientation'>> {
  const dicom = await openDicom(await readImageFile(file), file);
  requirePixels(dicom.dataSet, file);
  const attributes = new Attributes(dicom);
  const { width, height, channels } = describePixels(attributes, file, { maxPixels: 2 ** 30 });
  return { width, height, channels, pixelSpacing: pixelSpacing(attributes) };
}

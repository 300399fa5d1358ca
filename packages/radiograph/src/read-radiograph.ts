import { decodeUpright } from './decoding/decode-upright.js';
import type { DamagePolicy } from './decoding/damage.js';
import { toGrey } from './colour/to-grey.js';
import type { DicomOptions } from './dicom/decode-dicom.js';
import type { PixelSpacing } from './dicom/pixel-spacing.js';
import { checkSize, type TargetSize } from './images/image-size.js';
import type { PixelImage } from './images/pixel-image.js';
import { fitImage, type ImageFit } from './resize/letterbox.js';

/** An upright grey radiograph. */
export interface Radiograph {
  /** Grey levels, row-major, [height, width]; 16 bit where the file has more than 8. */
  data: Uint8Array | Uint16Array;
  width: number;
  height: number;
  /** Pixels of the upright image before it was resized. */
  sourceWidth: number;
  sourceHeight: number;
  /** EXIF orientation that was applied; 1 where there is none. */
  orientation: number;
  /** Why strict decoding refused the image, where it was salvaged; what is missing is grey or black. */
  damage?: string;
  /** How far the centres of the source's pixels are apart, in mm, where a DICOM file tells. */
  pixelSpacing?: PixelSpacing;
  /** What a user should know of the file, in sentences: that further images in it are left out, that its 16 bits look like 12, ... */
  warnings: string[];
}

/**
 * Reads a radiograph as Pillow's `exif_transpose`, `convert('L')` and `resize(size, LANCZOS)` give it: upright, grey by
 * ITU-R BT.601 luma, resized by Lanczos. Colour profiles and alpha are not applied. Deeper grey stays 16 bit.
 *
 * DICOM is told by content: stored values go through modality and VOI, or the data's own range, to 8 or 16 bits, 0 for black.
 *
 * @param file path of a JPEG, PNG, TIFF, BMP, WebP, GIF, AVIF or DICOM file.
 * @param options `size` of the result (default native) and how the image is brought to it, `fit`: stretched (default), or
 *   letterboxed, as `placeInFrame` says; `damaged: 'salvage'` takes what decodes of a damaged file; `maxPixels`
 *   (default 2^26) refuses larger images before memory is taken; `window` of several that a DICOM file has, from 1.
 * @throws RadiographError `image-missing`, `image-unreadable` (not an image at all), `image-damaged`, `image-too-large`, `size-invalid`,
 *   `fit-invalid`; of DICOM also `dicom-without-pixels`, `dicom-unsupported`, `window-missing`.
 */
export async function readRadiograph(
  file: string,
  {
    size = 'native',
    fit = 'stretch',
    damaged = 'error',
    maxPixels,
    window,
  }: DicomOptions & { size?: TargetSize; fit?: ImageFit; damaged?: Exclude<DamagePolicy, 'skip'> } = {},
): Promise<Radiograph> {
  checkSize(size);
  const upright = await decodeUpright(file, { damaged, maxPixels, window });
  const { image, orientation, damage, pixelSpacing, warnings } = upright;
  const { width: sourceWidth, height: sourceHeight } = image;
  const grey: PixelImage = { ...image, data: toGrey(image.data, image.channels), channels: 1 };
  const { data, width, height } = size === 'native' ? grey : fitImage(grey, size, { fit, filter: 'lanczos' });
  return { data, width, height, sourceWidth, sourceHeight, orientation, damage, pixelSpacing, warnings };
}

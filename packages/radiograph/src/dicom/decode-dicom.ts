import { toGrey } from '../colour/to-grey.js';
import { checkLimit, type SizeLimit } from '../images/size-limit.js';
import type { Pixels } from '../images/pixel-image.js';
import { openDicom } from './dicom-file.js';
import { greyLevels } from './grey-levels.js';
import { modalityTransform } from './modality.js';
import { coloursOfPalette } from './palette.js';
import { fullRange } from './full-range.js';
import { pixelSpacing, type PixelSpacing } from './pixel-spacing.js';
import { storedPixels } from './stored-pixels.js';
import { valuesOfInterest } from './values-of-interest.js';

/** What of a DICOM file is shown. */
export interface DicomOptions extends SizeLimit {
  /** Which of several windows or VOI LUTs, from 1. Default 1. */
  window?: number;
}

/** The radiograph of a DICOM file, as it is to be seen. */
export interface DicomRadiograph {
  /** Grey, `[height, width]`, 0 is black: 8 bits where at most 8 are stored, else 16 bits, over which what is shown is spread. */
  data: Pixels;
  width: number;
  height: number;
  /** Undefined where the file does not tell. */
  pixelSpacing?: PixelSpacing;
  /** Images that the file holds; the first is read. */
  frames: number;
  /** Windows, or VOI LUTs, that the file offers. */
  windows: number;
  /** What a user should know, in sentences; nothing of them tells who the patient is. */
  warnings: string[];
}

/**
 * Reads a DICOM file: the first frame's stored values, through modality LUT or rescaling, then VOI LUT, window or the data's own
 * range, turned where MONOCHROME1 or the presentation LUT say so. Colours become grey as those of a JPEG do.
 *
 * @param options `name` is how messages call the file.
 * @throws RadiographError `image-unreadable`, `image-damaged`, `image-too-large`, `size-invalid`, `dicom-without-pixels`,
 *   `dicom-unsupported`, `window-missing`
 * @see DICOM PS3.3, C.7.6.3, C.11; pydicom: pixels/processing.py
 */
export async function decodeDicom(
  bytes: Uint8Array,
  { name = 'The DICOM file', window = 1, ...limit }: DicomOptions & { name?: string } = {},
): Promise<DicomRadiograph> {
  checkLimit(limit);
  const file = await openDicom(bytes, name, limit);
  const { values, description, attributes } = await storedPixels(file, limit);
  const { width, height, frames, photometric, channels } = description;
  const warnings = frames > 1 ? [`${name} holds ${frames} images; the first is read.`] : [];
  const shown = { width, height, frames, pixelSpacing: pixelSpacing(attributes) };
  if (photometric === 'PALETTE COLOR') {
    return { ...shown, windows: 0, warnings, data: toGrey(coloursOfPalette(values, attributes, name), 3) };
  }
  if (channels === 3) {
    return { ...shown, windows: 0, warnings, data: toGrey(fullRange(values, description), 3) };
  }
  const modality = modalityTransform(attributes, description, name);
  const interest = valuesOfInterest(attributes, modality, { name, window });
  warnings.push(...interest.warnings);
  const data = greyLevels(values, { modality, interest, description, attributes });
  return { ...shown, windows: interest.choices, warnings, data };
}

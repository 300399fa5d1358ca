import { decodeUpright } from './decoding/decode-upright.js';
import type { DicomOptions } from './dicom/decode-dicom.js';
import { prepareImage, type PreparedImage, type RadiographPreparation } from './prepare-image.js';

/** A radiograph's file made ready for a network. */
export interface PreparedRadiograph extends PreparedImage {
  /** What a user should know of the file, in sentences. */
  warnings: string[];
}

/**
 * Reads an image file upright, and prepares it by {@link prepareImage}.
 *
 * @throws RadiographError `preparation-invalid`, and what {@link readRadiograph} throws.
 */
export async function prepareRadiograph(
  file: string,
  preparation: RadiographPreparation,
  options: DicomOptions = {},
): Promise<PreparedRadiograph> {
  const { image, warnings } = await decodeUpright(file, options);
  return { ...prepareImage(image, preparation), warnings };
}

import { join } from 'node:path';
import { prepareRadiograph, type RadiographPreparation } from '@fractura/radiograph';
import type { UnlabelledSample } from '../data/classifier-sample.js';

/**
 * An image file as a sample, read and resized as the preparation says. Its id is `file`.
 *
 * @param note takes what a user should know of the file, once: that its 16 bits look like 12, that a DICOM file holds further images.
 */
export function imageSample(
  folder: string,
  file: string,
  preparation: RadiographPreparation,
  note: (line: string) => void = () => undefined,
): UnlabelledSample {
  let noted = false;
  return {
    id: file,
    image: async () => {
      const { warnings, ...image } = await prepareRadiograph(join(folder, file), preparation);
      if (!noted) {
        warnings.forEach(note);
        noted = true;
      }
      return image;
    },
  };
}

import { join } from 'node:path';
import { prepareRadiograph, type RadiographPreparation } from '@fractura/radiograph';
import type { UnlabelledSample } from '../data/classifier-sample.js';

/** An image file as a sample, read and resized as the preparation says. Its id is `file`. */
export const imageSample = (folder: string, file: string, preparation: RadiographPreparation): UnlabelledSample => ({
  id: file,
  image: () => prepareRadiograph(join(folder, file), preparation),
});

import { checkOptions } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';
import { isCount, isTable } from '../files/expected-entries.js';
import { type DatasetJson, datasetJsonRule } from './dataset-json.js';

/** How the images of a data set were made from pictures of any size. */
export interface ImageConversion {
  /** Scaled out of their aspect, or within it, centred on black. */
  fit: 'stretch' | 'letterbox';
  /** Pixels of every converted image. */
  width: number;
  height: number;
}

/**
 * What a dataset.json says, under `image_conversion`, of how its images were converted; undefined where it says nothing. The key is
 * Fractura's own: nnU-Net keeps keys that it does not know, so it goes along into every model that is trained on the data set.
 *
 * @throws NnunetFormatError `dataset-json-invalid`
 */
export function readImageConversion(options: DatasetJson): ImageConversion | undefined {
  const { image_conversion: value } = checkOptions(options, datasetJsonRule, NnunetFormatError);
  if (value === undefined) {
    return undefined;
  }
  if (!isConversion(value)) {
    throw new NnunetFormatError(`dataset.json says of the conversion of images ${JSON.stringify(value)}.`, {
      code: 'dataset-json-invalid',
      remedy: 'image_conversion is {"fit": "stretch" or "letterbox", "width": 448, "height": 448}; or take it out.',
    });
  }
  return { fit: value.fit, width: value.width, height: value.height };
}

function isConversion(value: unknown): value is ImageConversion {
  return (
    isTable(value) &&
    (value.fit === 'stretch' || value.fit === 'letterbox') &&
    isCount(value.width) &&
    isCount(value.height)
  );
}

import { readFingerprint, readImageConversion } from '@fractura/nnunet-format';
import { joinPath } from '@fractura/python-compat';
import type { ImageFit, TargetSize } from '@fractura/radiograph';
import type { TrainedModel } from '../model/load-model.js';

/** How radiographs became the images that a model was trained on. */
export interface ModelConversion {
  size: TargetSize;
  fit: ImageFit;
}

/**
 * How the images of a model's data set were converted: as its dataset.json says, or else stretched to the size that the fingerprint
 * in its folder shows.
 *
 * @throws NnunetFormatError `dataset-json-invalid`, `fingerprint-invalid`
 */
export async function conversionOfModel({
  folder,
  datasetJson,
}: Pick<TrainedModel, 'folder' | 'datasetJson'>): Promise<ModelConversion> {
  const stated = readImageConversion(datasetJson);
  if (stated !== undefined) {
    const { fit, width, height } = stated;
    return { fit, size: { width, height } };
  }
  return { fit: 'stretch', size: await commonSize(folder) };
}

/**
 * The size that at least half of the images have by the fingerprint (dark borders are cropped from some), or their own where none is
 * so common or there is no fingerprint.
 */
async function commonSize(modelFolder: string): Promise<TargetSize> {
  const fingerprint = await readFingerprint(joinPath(modelFolder, 'dataset_fingerprint.json'));
  if (!fingerprint) {
    return 'native';
  }
  const { shapes_after_crop: shapes } = fingerprint;
  const counts = new Map<string, number>();
  for (const shape of shapes) {
    counts.set(shape.join(), (counts.get(shape.join()) ?? 0) + 1);
  }
  const [common, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  const [, height, width] = common.split(',').map(Number);
  return count * 2 >= shapes.length ? { width, height } : 'native';
}

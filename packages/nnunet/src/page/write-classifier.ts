import { join } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import { readClassifier, type ClassifierDescription } from '@fractura/resnet18-classifier';
import { encodeWeights, type KernelType } from '@fractura/unet-model';
import type { ViewerClassifier } from '@fractura/viewer';
import { NnunetError } from '../errors.js';
import type { PageClassifier } from './page-inference.js';

/** A classifier in a page's folder. */
export interface WrittenClassifier {
  /** What the page shows of it. */
  described: ViewerClassifier;
  /** What the worker needs of it. */
  inference: PageClassifier;
  /** The file written, as a path below the page's folder. */
  file: string;
}

const file = 'classifier/weights.bin';

/**
 * Writes a classifier's weights into a page's folder.
 *
 * @param path what `loadClassifier` takes.
 * @throws NnunetError `channels-missing` where a radiograph does not give what it takes; TfjsTrainingError `checkpoint-missing`,
 *   `checkpoint-invalid`
 */
export async function writeClassifier(
  path: string,
  { folder, kernels }: { folder: string; kernels: KernelType | undefined },
): Promise<WrittenClassifier> {
  const { description, weights: state } = await readClassifier(path);
  if (description.preparation === undefined) {
    throw new NnunetError(
      `The classifier ${path} takes ${description.image.channels} channels that no radiograph has.`,
      {
        code: 'channels-missing',
        remedy: 'Give a classifier that was trained on image files.',
      },
    );
  }
  const tensors = [...state].flatMap(([name, { shape, data }]) =>
    // Counts of batches are for trainings.
    data instanceof Float32Array ? [{ name, shape, dtype: 'float32' as const, data }] : [],
  );
  const { weights, bytes } = encodeWeights(tensors, kernels);
  await makeFolder(join(folder, 'classifier'));
  await writeFileBeside(join(folder, file), bytes);
  return { described: describe(description), inference: { description, weights, file }, file };
}

function describe({ network, classNames, calibration }: ClassifierDescription): ViewerClassifier {
  const described: ViewerClassifier = { name: network, classes: [...classNames] };
  if (calibration !== undefined) {
    const { temperature, images, operatingPoints } = calibration;
    described.calibration = { temperature, images };
    if (operatingPoints.youden !== undefined) {
      described.calibration.point = operatingPoints.youden;
    }
  }
  return described;
}

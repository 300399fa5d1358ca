import { statSync } from 'node:fs';
import type { StateDict } from '@fractura/tfjs-training';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import { networkOf, preparationOf, readClassifierCheckpoint } from '../training/checkpoint.js';
import { openClassifier, type Classifier, type ClassifierDescription } from './open-classifier.js';

/**
 * Reads what a trained classifier is, without building its network.
 *
 * @param path a checkpoint's `.safetensors`, or the folder of a training, of which the best checkpoint is taken
 * @throws TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`
 */
export async function readClassifier(
  path: string,
): Promise<{ description: ClassifierDescription; weights: StateDict }> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const { record, weights } = await readClassifierCheckpoint(isFolder ? checkpointFile(path, 'best') : path, {
    withOptimizer: false,
  });
  const { classNames, image, normalisation, calibration } = record;
  const preparation = preparationOf(record);
  return {
    description: { network: networkOf(record), classNames, image, normalisation, calibration, preparation },
    weights,
  };
}

/**
 * Loads a trained classifier.
 *
 * @param path as {@link readClassifier} takes it
 * @throws TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`
 */
export async function loadClassifier(path: string): Promise<Classifier> {
  const { description, weights } = await readClassifier(path);
  return openClassifier(description, weights);
}

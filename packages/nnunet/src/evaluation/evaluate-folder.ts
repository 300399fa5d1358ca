import { evaluateCase, summarizeCases, type EvaluationSummary } from '@fractura/metrics';
import { readImage, type ImageVolume } from '@fractura/nnunet-planner';
import { NnunetError } from '../errors.js';
import { inFolder } from '../folders/in-folder.js';
import { namesIn } from '../folders/list-cases.js';
import { postprocess, type PostprocessingStep } from '../postprocessing/postprocess.js';

/** Which folders to compare, and what counts. */
export interface EvaluateFolderOptions {
  references: string;
  predictions: string;
  /** Labels, or regions as lists of labels. */
  labels: readonly (number | readonly number[])[];
  ignoreLabel?: number | undefined;
  fileEnding: string;
  /** Accept references without a prediction. */
  chill?: boolean;
  /** What to do to the predictions first. Default nothing. */
  steps?: readonly PostprocessingStep[];
  /** The folder that the summary names for predictions, where they are to lie elsewhere in the end. */
  namedPredictions?: string;
  /** Called with each case's segmentations, for measures that nnU-Net's summary does not have. */
  onCase?: (name: string, reference: ImageVolume, prediction: ArrayLike<number>) => void;
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number }) => void;
}

/**
 * Compares every prediction of a folder with the reference of the same name, as `nnUNetv2_evaluate_folder`.
 *
 * @throws NnunetError `folder-missing`, `no-cases`, `prediction-missing`, `reference-missing`, `shape-mismatch`
 */
export async function evaluateFolder(options: EvaluateFolderOptions): Promise<EvaluationSummary> {
  const { references, predictions, namedPredictions = predictions, labels, ignoreLabel, steps = [] } = options;
  const names = await namesToCompare(options);
  const cases = [];
  for (const [done, name] of names.entries()) {
    options.signal?.throwIfAborted();
    const [referenceFile, predictionFile] = [inFolder(references, name), inFolder(predictions, name)];
    const [reference, prediction] = await Promise.all([readImage([referenceFile]), readImage([predictionFile])]);
    if (reference.shape.join() !== prediction.shape.join()) {
      const size = ({ shape }: typeof reference) => shape.slice(1).join(' x ');
      throw new NnunetError(
        `${predictionFile} has ${size(prediction)} voxels (z, y, x), ${referenceFile} ${size(reference)}.`,
        { code: 'shape-mismatch', remedy: 'Both must lie on the same grid; predict the images the labels belong to.' },
      );
    }
    const processed = postprocess(prediction.data, prediction.shape.slice(1), steps);
    options.onCase?.(name, reference, processed);
    cases.push(
      evaluateCase({
        reference: reference.data,
        prediction: processed,
        labels,
        referenceFile,
        predictionFile: inFolder(namedPredictions, name),
        ignoreLabel,
      }),
    );
    options.onProgress?.({ done: done + 1, total: names.length });
  }
  return summarizeCases(cases, { labels });
}

async function namesToCompare(options: EvaluateFolderOptions): Promise<string[]> {
  const { references, predictions, fileEnding, chill = false } = options;
  const [expected, found] = [await namesIn(references, fileEnding), await namesIn(predictions, fileEnding)];
  const lacking = chill ? [] : expected.filter((name) => !found.includes(name));
  const surplus = found.filter((name) => !expected.includes(name));
  const complain = (code: string, message: string, remedy: string) => new NnunetError(message, { code, remedy });
  if (found.length === 0) {
    throw complain('no-cases', `${predictions} has no files that end in ${fileEnding}`, 'Predict first.');
  }
  if (lacking.length > 0) {
    throw complain('prediction-missing', `${predictions} lacks ${lacking.join(', ')}`, 'Predict them, or say --chill.');
  }
  if (surplus.length > 0) {
    throw complain(
      'reference-missing',
      `${references} lacks ${surplus.join(', ')}`,
      'Add them, or remove the predictions.',
    );
  }
  return found;
}

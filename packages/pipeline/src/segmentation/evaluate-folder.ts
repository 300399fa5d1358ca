import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluateCase, summarizeCases, type EvaluationSummary } from '@fractura/metrics';
import { readImage } from '@fractura/nnunet-planner';
import { PipelineError } from '../errors.js';

/** Which folders to compare, and what counts. */
export interface EvaluateFolderOptions {
  references: string;
  predictions: string;
  /** Labels, or regions as lists of labels. */
  labels: readonly (number | readonly number[])[];
  ignoreLabel?: number;
  fileEnding: string;
  /** Accept references without a prediction. */
  chill?: boolean;
}

/**
 * Compares every prediction of a folder with the reference of the same name, as `nnUNetv2_evaluate_folder`.
 *
 * @throws PipelineError `no-cases`, `prediction-missing`, `reference-missing`
 */
export async function evaluateFolder(options: EvaluateFolderOptions): Promise<EvaluationSummary> {
  const { references, predictions, labels, ignoreLabel, fileEnding, chill = false } = options;
  const namesIn = async (folder: string) => (await readdir(folder)).filter((name) => name.endsWith(fileEnding)).sort();
  const [expected, found] = [await namesIn(references), await namesIn(predictions)];
  const lacking = chill ? [] : expected.filter((name) => !found.includes(name));
  const surplus = found.filter((name) => !expected.includes(name));
  const complain = (code: string, message: string, remedy: string) => new PipelineError(message, { code, remedy });
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
  const cases = [];
  for (const name of found) {
    const [referenceFile, predictionFile] = [join(references, name), join(predictions, name)];
    const [reference, prediction] = await Promise.all([readImage([referenceFile]), readImage([predictionFile])]);
    const masks = { reference: reference.data, prediction: prediction.data };
    cases.push(
      evaluateCase({
        ...masks,
        labels,
        referenceFile,
        predictionFile,
        ...(ignoreLabel === undefined ? {} : { ignoreLabel }),
      }),
    );
  }
  return summarizeCases(cases);
}

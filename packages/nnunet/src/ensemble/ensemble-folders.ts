import { joinPath } from '@fractura/python-compat';
import { meanThreshold, readThreshold } from '../cutoff/threshold-of-predictions.js';
import { NnunetError } from '../errors.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { namesIn } from '../folders/input-cases.js';
import { readSegmentationFormat } from '../folders/segmentation-format.js';
import { checkSettings } from '../prediction/predict-case.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { mergeCases } from './merge-cases.js';

/** Which predictions to put together. */
export interface EnsembleFoldersOptions extends Reporting {
  /** Folders with CASE.npz and CASE.pkl of the same cases, and the dataset.json that prediction leaves there. */
  inputs: readonly string[];
  output: string;
  /** Write the mean probabilities too. Default false. */
  saveProbabilities?: boolean;
  /** Probability above which a voxel is foreground, in (0, 1). Default: the mean of the predictions' own thresholds, where any has one. */
  threshold?: number | undefined;
}

/**
 * Averages the probabilities of several predictions of the same cases and writes the labels that follow, as
 * `nnUNetv2_ensemble`, with dataset.json and plans.json of the first folder. Where a prediction's labels obey a threshold, those of the
 * ensemble obey the mean of all, which is noted.
 *
 * @returns the cases.
 * @throws NnunetError `dataset-json-missing`, `folder-missing`, `probabilities-missing`, `probabilities-invalid`,
 *   `properties-missing`, `threshold-invalid`, `cutoff-invalid`
 * @see nnU-Net: nnunetv2/ensembling/ensemble.py, ensemble_folders
 */
export async function ensembleFolders(options: EnsembleFoldersOptions): Promise<string[]> {
  const { inputs, output, saveProbabilities, progress, signal } = options;
  const { note } = completeReporting(options);
  checkSettings(options);
  const { threshold = meanThreshold(await Promise.all(inputs.map(readThreshold))) } = options;
  const format = await readSegmentationFormat(inputs[0]);
  const names = await Promise.all(inputs.map((folder) => namesIn(folder, '.npz')));
  const all = [...new Set(names.flat())].sort();
  for (const [i, own] of names.entries()) {
    const missing = all.filter((name) => !own.includes(name));
    if (own.length === 0 || missing.length > 0) {
      throw new NnunetError(`${inputs[i]} lacks ${missing.length > 0 ? missing.join(', ') : '.npz files'}.`, {
        code: 'probabilities-missing',
        remedy: 'Predict the same cases with --save-probabilities into every folder.',
      });
    }
  }
  const ids = all.map((name) => name.slice(0, -'.npz'.length));
  const cases = ids.map((id) => ({ id, files: inputs.map((folder) => joinPath(folder, `${id}.npz`)) }));
  if (threshold !== undefined) {
    note(
      `Foreground is what is above ${threshold}${options.threshold === undefined ? ', the mean of the predictions’ own thresholds' : ''}.`,
    );
  }
  await mergeCases({ cases, output, format, threshold, saveProbabilities, progress, signal });
  await copyDescriptions(inputs[0], output);
  return ids;
}

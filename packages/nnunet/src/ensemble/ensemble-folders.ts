import { joinPath } from '@fractura/python-compat';
import { NnunetError } from '../errors.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { namesIn } from '../folders/input-cases.js';
import { readSegmentationFormat } from '../folders/segmentation-format.js';
import type { Reporting } from '../reporting.js';
import { mergeCases } from './merge-cases.js';

/** Which predictions to put together. */
export interface EnsembleFoldersOptions extends Reporting {
  /** Folders with CASE.npz and CASE.pkl of the same cases, and the dataset.json that prediction leaves there. */
  inputs: readonly string[];
  output: string;
  /** Write the mean probabilities too. Default false. */
  saveProbabilities?: boolean;
}

/**
 * Averages the probabilities of several predictions of the same cases and writes the labels that follow, as
 * `nnUNetv2_ensemble`, with dataset.json and plans.json of the first folder.
 *
 * @returns the cases.
 * @throws NnunetError `dataset-json-missing`, `folder-missing`, `probabilities-missing`, `probabilities-invalid`,
 *   `properties-missing`
 * @see nnU-Net: nnunetv2/ensembling/ensemble.py, ensemble_folders
 */
export async function ensembleFolders(options: EnsembleFoldersOptions): Promise<string[]> {
  const { inputs, output, saveProbabilities, progress, signal } = options;
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
  await mergeCases({ cases, output, format, saveProbabilities, progress, signal });
  await copyDescriptions(inputs[0], output);
  return ids;
}

import { existsSync } from 'node:fs';
import { copyFile, readdir, rm } from 'node:fs/promises';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import type { EvaluationSummary } from '@fractura/metrics';
import { encodeSummary, type FoldName } from '@fractura/nnunet-format';
import { joinPath } from '@fractura/python-compat';
import { NnunetError } from '../errors.js';
import { compareFolders } from '../evaluation/compare-folders.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { readSegmentationFormat } from '../folders/segmentation-format.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { firstReferences, validationFiles } from './validation-files.js';

/** Which folds of which model to put together. */
export interface AccumulateFoldsOptions extends Reporting {
  /** The folder `trainer__plans__configuration`. */
  model: string;
  /** Default 0 to 4. */
  folds?: readonly FoldName[];
  /** Folders in which the true labels may lie, raw `labelsTr` or preprocessed `gt_segmentations`; the first that exists counts. */
  references: readonly string[];
  /** Default: `crossval_results_folds_0_1_2_3_4` within the model's folder, which is made anew. */
  output?: string;
}

/** The folder of all folds' validation cases, and how well they agree with their labels. */
export interface AccumulatedFolds {
  folder: string;
  summary: EvaluationSummary;
}

/** nnU-Net's number of folds. */
export const fiveFolds = [0, 1, 2, 3, 4] as const;

/** The name of the folder of all folds' validation cases in a model's folder, such as `crossval_results_folds_0_1_2_3_4`. */
export const crossValidationFolder = (folds: readonly FoldName[]): string =>
  `crossval_results_folds_${folds.join('_')}`;

/**
 * Copies the folds' validation predictions into one folder and evaluates them together, as
 * `nnUNetv2_accumulate_crossval_results`; summary.json, dataset.json and plans.json lie beside them.
 *
 * @throws NnunetError `fold-missing`, `case-twice`, `output-not-empty`, `references-missing`, and those of `evaluateFolder`
 * @see nnU-Net: nnunetv2/evaluation/accumulate_cv_results.py, accumulate_cv_results
 */
export async function accumulateFolds(options: AccumulateFoldsOptions): Promise<AccumulatedFolds> {
  const { model, folds = fiveFolds, references } = options;
  const { progress, signal } = completeReporting(options);
  const format = await readSegmentationFormat(model);
  const sources = await validationFiles(model, folds, format.ending);
  const folder = await emptyFolder(options.output, joinPath(model, crossValidationFolder(folds)));
  await copyDescriptions(model, folder);
  for (const [name, source] of sources) {
    signal.throwIfAborted();
    await copyFile(source, joinPath(folder, name));
  }
  const task = progress('Evaluating');
  const summary = await compareFolders({
    references: firstReferences(references),
    predictions: folder,
    fileEnding: format.ending,
    allowMissing: true,
    labels: format.classes,
    ignoreLabel: format.labels.ignoreLabel,
    signal,
    onProgress: task.update,
  });
  task.finish(`${sources.size} cases, mean Dice ${summary.foreground_mean.Dice.toFixed(5)}`);
  await writeFileBeside(joinPath(folder, 'summary.json'), encodeSummary(summary));
  return { folder, summary };
}

/** The folder given, which must be empty or absent; else the usual one, emptied. */
async function emptyFolder(given: string | undefined, usual: string): Promise<string> {
  if (given === undefined) {
    await rm(usual, { recursive: true, force: true });
  } else if (existsSync(given) && (await readdir(given)).length > 0) {
    throw new NnunetError(`${given} is not empty.`, {
      code: 'output-not-empty',
      remedy: 'Name a folder that is empty or does not exist.',
    });
  }
  const folder = given ?? usual;
  await makeFolder(folder);
  return folder;
}

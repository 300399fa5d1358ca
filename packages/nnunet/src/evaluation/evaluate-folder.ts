import { writeFileBeside } from '@fractura/array-files';
import type { EvaluationSummary } from '@fractura/metrics';
import { encodeSummary } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { namesIn } from '../folders/input-cases.js';
import { readSegmentationFormat } from '../folders/segmentation-format.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { compareFolders } from './compare-folders.js';
import { extendedMeasures, extendedSummary, type ExtendedSummary } from './extended-summary.js';

/** Which folders to compare, and what counts. */
export interface EvaluateFolderOptions extends Reporting {
  /** Folder of reference segmentations. */
  references: string;
  /** Folder of predicted ones, under the same names. */
  predictions: string;
  /** Labels to compare, or regions as lists of labels. Default: the foreground of the dataset.json. */
  labels?: readonly (number | readonly number[])[];
  /** With `labels`: label of the reference whose voxels do not count. */
  ignoreLabel?: number;
  /** With `labels`: file ending of the segmentations. Default: the one that the references have. */
  fileEnding?: string;
  /** Where no labels are given: the dataset.json that names them. Default: the one in the folder of predictions. */
  datasetJson?: string;
  /** Accept references without a prediction. Default false. */
  allowMissing?: boolean;
  /** Measure surface distances, boundary IoU and intervals of the means, too. Default false. */
  extended?: boolean;
  /** File to write nnU-Net's summary.json to. Default: none is written. */
  output?: string;
}

/** How well the predictions of a folder agree with their references. */
export interface FolderEvaluation {
  /** nnU-Net's. */
  summary: EvaluationSummary;
  /** Where it was asked for. */
  extended?: ExtendedSummary;
}

/**
 * Compares every prediction of a folder with the reference of the same name, as `nnUNetv2_evaluate_folder` and
 * `nnUNetv2_evaluate_simple`.
 *
 * @throws NnunetError `labels-missing`, `dataset-json-missing`, `folder-missing`, `no-cases`, `prediction-missing`,
 *   `reference-missing`, `shape-mismatch`
 * @see nnU-Net: nnunetv2/evaluation/evaluate_predictions.py, compute_metrics_on_folder2 and compute_metrics_on_folder_simple
 */
export async function evaluateFolder(options: EvaluateFolderOptions): Promise<FolderEvaluation> {
  const { references, predictions, allowMissing, extended = false, output } = options;
  const { progress, signal } = completeReporting(options);
  const { labels, ignoreLabel, fileEnding } = await whatToCompare(options);
  const cases: ExtendedSummary['cases'] = [];
  const task = progress('Evaluating');
  const summary = await compareFolders({
    references,
    predictions,
    labels,
    ignoreLabel,
    fileEnding,
    allowMissing,
    signal,
    onProgress: task.update,
    onCase: (name, reference, prediction) => {
      if (extended) {
        cases.push({ case: name, labels: extendedMeasures({ reference, prediction, labels, ignoreLabel }) });
      }
    },
  });
  task.finish(`mean Dice ${summary.foreground_mean.Dice.toFixed(5)}`);
  const evaluation: FolderEvaluation = extended ? { summary, extended: extendedSummary(cases) } : { summary };
  if (output !== undefined) {
    await writeFileBeside(output, encodeSummary(evaluation.summary, evaluation.extended));
  }
  return evaluation;
}

interface WhatToCompare {
  labels: readonly (number | readonly number[])[];
  ignoreLabel: number | undefined;
  fileEnding: string;
}

async function whatToCompare(options: EvaluateFolderOptions): Promise<WhatToCompare> {
  const { labels, ignoreLabel, fileEnding, references, predictions, datasetJson } = options;
  if (labels === undefined) {
    const format = await readSegmentationFormat(predictions, datasetJson);
    return { labels: format.classes, ignoreLabel: format.labels.ignoreLabel, fileEnding: format.ending };
  }
  if (labels.length === 0) {
    throw new NnunetError('The list of labels to compare is empty.', {
      code: 'labels-missing',
      remedy: 'Name at least one label, or a dataset.json that has them.',
    });
  }
  return { labels, ignoreLabel, fileEnding: fileEnding ?? (await endingIn(references)) };
}

/** The ending that the segmentations of a folder have. */
async function endingIn(folder: string): Promise<string> {
  const endings = ['.nii.gz', '.nii', '.png', '.bmp', '.tif'];
  const names = await namesIn(folder);
  const ending = endings.find((known) => names.some((name) => name.endsWith(known)));
  if (ending !== undefined) {
    return ending;
  }
  throw new NnunetError(`${folder} has no segmentations.`, {
    code: 'no-cases',
    remedy: `Their names end in one of ${endings.join(', ')}.`,
  });
}

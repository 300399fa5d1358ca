import { writeFileBeside } from '@fractura/array-files';
import type { EvaluationSummary } from '@fractura/metrics';
import { encodeSummary } from '@fractura/nnunet-format';
import type { ImageVolume } from '@fractura/nnunet-planner';
import { NnunetError } from '../errors.js';
import { namesIn } from '../folders/input-cases.js';
import { readSegmentationFormat } from '../folders/segmentation-format.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { compareFolders } from './compare-folders.js';
import { FalseAlarmCount } from './false-alarms.js';
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
  /** Refuse what is warned of otherwise: affines that differ, labels that are not compared. Default false. */
  strict?: boolean;
  /** File to write nnU-Net's summary.json to. Default: none is written. */
  output?: string;
}

/** How well the predictions of a folder agree with their references. */
export interface FolderEvaluation {
  /** nnU-Net's. */
  summary: EvaluationSummary;
  /** Where it was asked for. */
  extended?: ExtendedSummary;
  /** What makes the comparison doubtful, whole sentences; they are noted, too. */
  warnings: string[];
}

/**
 * Compares every prediction of a folder with the reference of the same name, as `nnUNetv2_evaluate_folder` and
 * `nnUNetv2_evaluate_simple`.
 *
 * @throws NnunetError `labels-missing`, `dataset-json-missing`, `folder-missing`, `no-cases`, `prediction-missing`,
 *   `reference-missing`, `shape-mismatch`, `channels-unexpected`; with `strict` `evaluation-doubtful`
 * @see nnU-Net: nnunetv2/evaluation/evaluate_predictions.py, compute_metrics_on_folder2 and compute_metrics_on_folder_simple
 */
export async function evaluateFolder(options: EvaluateFolderOptions): Promise<FolderEvaluation> {
  const { references, predictions, allowMissing, extended = false, strict, output } = options;
  const { note, progress, signal } = completeReporting(options);
  const { labels, ignoreLabel, fileEnding } = await whatToCompare(options);
  const cases: ExtendedSummary['cases'] = [];
  const warnings: string[] = [];
  const alarms = new FalseAlarmCount(labels);
  const task = progress('Evaluating');
  const summary = await compareFolders({
    references,
    predictions,
    labels,
    ignoreLabel,
    fileEnding,
    allowMissing,
    strict,
    signal,
    onProgress: task.update,
    onWarning: (warning) => {
      warnings.push(warning);
      note(`Warning: ${warning}`);
    },
    onCase: (name, reference, prediction) => {
      if (extended) {
        alarms.add({ reference: reference.data, prediction, voxelExtent: voxelExtent(reference), ignoreLabel });
        cases.push({ case: name, labels: extendedMeasures({ reference, prediction, labels, ignoreLabel }) });
      }
    },
  });
  task.finish(`mean Dice ${summary.foreground_mean.Dice.toFixed(5)}`);
  const evaluation: FolderEvaluation = { summary, warnings };
  if (extended) {
    evaluation.extended = { ...extendedSummary(cases), falseAlarms: alarms.byLabel };
  }
  if (output !== undefined) {
    await writeFileBeside(output, encodeSummary(evaluation.summary, evaluation.extended));
  }
  return evaluation;
}

/** mm² of a pixel, or mm³ of a voxel; undefined for pictures, whose files say no spacing. */
function voxelExtent({ affine, shape, spacing: [z, y, x] }: ImageVolume): number | undefined {
  if (affine === undefined) {
    return undefined;
  }
  return shape[1] === 1 ? y * x : z * y * x;
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

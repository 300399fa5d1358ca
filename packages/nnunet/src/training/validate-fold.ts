import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import type { EvaluationSummary } from '@fractura/metrics';
import { encodeSummary, foregroundClasses, readLabels } from '@fractura/nnunet-format';
import {
  exportPrediction,
  exportToNextStage,
  readImage,
  readPreprocessedCase,
  sigmoid,
} from '@fractura/nnunet-planner';
import { predictLogits } from '@fractura/unet-model';
import { foregroundProbability } from '../cutoff/foreground-probability.js';
import { writeFoldPredictions, type FoldPredictions } from '../cutoff/fold-predictions.js';
import { countThresholds } from '../cutoff/threshold-counts.js';
import { compareFolders } from '../evaluation/compare-folders.js';
import { loadModel, type TrainedModel } from '../model/load-model.js';
import { addPreviousStage } from '../prediction/add-previous-stage.js';
import { writePrediction } from '../prediction/write-prediction.js';
import { folderOfFold, type FoldJob } from './fold-job.js';
import { nextStageFolder, readPreviousStageLabels, writeNextStageLabels } from './previous-stage.js';

/** Which cases of which fold to validate. */
export interface ValidateFoldOptions {
  job: FoldJob;
  /** Cases to predict. */
  ids: readonly string[];
  signal?: AbortSignal;
  /** Called before each case; `shape` is `[channels, z, y, x]` of the network's input. */
  onCase?: (id: string, shape: readonly number[], done: number) => void;
}

/**
 * Predicts a fold's validation cases in full by sliding window and compares them with their labels, as nnU-Net does after a
 * training: `validation/CASE` in the frame of the images, CASE.npz and CASE.pkl where probabilities are wanted, and
 * `validation/summary.json`; by recipes that choose a cut-off also `validation/predictions.json`. What an earlier validation left is removed. Where a cascade goes on from this configuration, the
 * cases' labels for the next stage go to `predicted_next_stage/` in the model's folder.
 *
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, perform_actual_validation
 */
export async function validateFold({ job, ids, signal, onCase }: ValidateFoldOptions): Promise<EvaluationSummary> {
  const model = await loadModel({
    folder: job.modelFolder,
    folds: [job.fold],
    checkpoint: job.checkpoint,
  });
  const { datasetJson } = model;
  const references = join(job.dataset, 'gt_segmentations');
  const predictions = join(folderOfFold(job.modelFolder, job.fold), 'validation');
  const labels = readLabels(datasetJson);
  // nnU-Net's own models have none.
  const seeksCutoff = job.trainer.recipe !== 'nnunet';
  const told: FoldPredictions = {};
  try {
    await rm(predictions, { recursive: true, force: true });
    await makeFolder(predictions);
    for (const [done, id] of ids.entries()) {
      const { properties, ...image } = await readPreprocessedCase(job.cases, id);
      const { data, shape } = await networkInput(job, id, image, model);
      onCase?.(id, shape, done);
      const { logits, presence } = await predictLogits({
        networks: model.networks,
        data,
        shape,
        patchSize: model.plan.patch_size,
        mirrorAxes: job.mirroring === false ? [] : model.mirrorAxes,
        signal,
      });
      // By nnU-Net’s rule: a cut-off that the folds before this one led to would make its labels another kind than theirs.
      const exported = exportPrediction(logits, properties, model);
      if (seeksCutoff) {
        const reference = await readImage([join(references, id + datasetJson.file_ending)], { labels: true });
        told[id] = {
          ...countThresholds(foregroundProbability(exported.probabilities, labels), reference.data, labels.ignoreLabel),
          presence: presence && Array.from(sigmoid(presence)),
        };
      }
      await writePrediction(
        { ...exported, properties },
        {
          folder: predictions,
          id,
          ending: datasetJson.file_ending,
          // The file of its labels has the image's grid, and lies where the preprocessing put it.
          image: join(references, id + datasetJson.file_ending),
          reader: model.plans.image_reader_writer,
          saveProbabilities: job.saveProbabilities ?? false,
        },
      );
      for (const stage of [model.plan.next_stage ?? []].flat()) {
        const labels = exportToNextStage(logits, properties, model, stage);
        await writeNextStageLabels(nextStageFolder(job.modelFolder, stage), id, labels);
      }
    }
  } finally {
    model.dispose();
  }
  if (seeksCutoff) {
    await writeFoldPredictions(predictions, told);
  }
  const summary = await compareFolders({
    references,
    predictions,
    fileEnding: datasetJson.file_ending,
    allowMissing: true,
    labels: foregroundClasses(labels),
    ignoreLabel: labels.ignoreLabel,
  });
  await writeFileBeside(join(predictions, 'summary.json'), encodeSummary(summary));
  return summary;
}

/** The preprocessed image, in a cascade's second stage with the labels of the first. */
async function networkInput(
  { previousStage }: FoldJob,
  id: string,
  image: { data: Float32Array; shape: number[] },
  { datasetJson }: TrainedModel,
) {
  if (!previousStage) {
    return image;
  }
  const labels = await readPreviousStageLabels(previousStage, id, image.shape.slice(1));
  return addPreviousStage(image, labels, datasetJson);
}

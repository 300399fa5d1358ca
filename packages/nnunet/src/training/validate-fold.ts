import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import type { EvaluationSummary } from '@fractura/metrics';
import { exportPrediction, exportToNextStage, readPreprocessedCase } from '@fractura/nnunet-planner';
import { foregroundClasses, readLabels, resolveConfiguration } from '@fractura/nnunet-format';
import { predictLogits } from '@fractura/unet-model';
import writeFileAtomic from 'write-file-atomic';
import { encodeSummary } from '../evaluation/encode-summary.js';
import { addPreviousStage } from '../prediction/add-previous-stage.js';
import { evaluateFolder } from '../evaluation/evaluate-folder.js';
import { loadModel } from '../model/load-model.js';
import { writePrediction } from '../prediction/write-prediction.js';
import { foldFolder, type FoldJob } from './fold-job.js';
import { nextStageFolder, readPreviousStage, writeNextStageLabels } from './previous-stage.js';

/** What a validation needs beside its job. */
export interface ValidateFoldOptions {
  job: FoldJob;
  /** Cases to predict. */
  ids: readonly string[];
  signal?: AbortSignal;
  onCase?: (id: string, shape: readonly number[], done: number) => void;
}

/**
 * Predicts a fold's validation cases in full by sliding window, and compares them with their labels, as nnU-Net does after a
 * training: `validation/CASE` in the frame of the images, with `--npz` CASE.npz and CASE.pkl too, and `validation/summary.json`.
 * What an earlier validation left is removed. Where a cascade goes on from this configuration, the cases' labels for the next stage
 * go to `predicted_next_stage/` in the model's folder.
 *
 * @see reference/nnunet-v2/behaviour.md, section 7.9
 */
export async function validateFold({ job, ids, signal, onCase }: ValidateFoldOptions): Promise<EvaluationSummary> {
  const model = await loadModel({
    folder: job.modelFolder,
    folds: [String(job.fold)],
    checkpoint: job.validateWith,
  });
  const { plans, datasetJson, networks } = model;
  const { configuration } = job;
  const references = join(job.dataset, 'gt_segmentations');
  const predictions = join(foldFolder(job), 'validation');
  const ending = datasetJson.file_ending;
  const { patch_size: patchSize, next_stage: nextStages = [] } = resolveConfiguration(plans, configuration);
  const plan = { plans, configuration, datasetJson };
  const { mirrorAxes } = job.trainer;

  try {
    await rm(predictions, { recursive: true, force: true });
    await makeFolder(predictions);
    for (const [i, id] of ids.entries()) {
      const { properties, ...image } = await readPreprocessedCase(job.cases, id);
      const { data, shape } = await networkInput(id, image);
      onCase?.(id, shape, i);
      const logits = await predictLogits({
        networks,
        data,
        shape,
        patchSize,
        mirrorAxes: mirrorAxes ? mirrorAxes.filter((axis) => axis < patchSize.length) : undefined,
        signal,
      });
      const exported = exportPrediction(logits, properties, plan);
      // The label has the image's grid, and lies where the preprocessing put it.
      await writePrediction(
        { ...exported, properties },
        {
          folder: predictions,
          id,
          ending,
          image: join(references, id + ending),
          reader: plans.image_reader_writer,
          saveProbabilities: job.saveProbabilities,
        },
      );
      for (const stage of [nextStages].flat()) {
        const labels = exportToNextStage(logits, properties, plan, stage);
        await writeNextStageLabels(nextStageFolder(job.modelFolder, stage), id, labels);
      }
    }
  } finally {
    model.dispose();
  }
  const labels = readLabels(datasetJson);
  const summary = await evaluateFolder({
    references,
    predictions,
    fileEnding: ending,
    chill: true,
    labels: foregroundClasses(labels),
    ignoreLabel: labels.ignoreLabel,
  });
  await writeFileAtomic(join(predictions, 'summary.json'), encodeSummary(summary));
  return summary;

  /** The preprocessed image, in a cascade's second stage with the labels of the first. */
  async function networkInput(id: string, image: { data: Float32Array; shape: number[] }) {
    if (!job.previousStage) {
      return image;
    }
    const labels = await readPreviousStage(job.previousStage, id, image.shape.slice(1));
    return addPreviousStage(image, labels, datasetJson);
  }
}

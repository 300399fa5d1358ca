import { join } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import type { Atlas } from '@fractura/fracatlas-loader';
import { writeNifti, writeNpy } from '@fractura/volume-io';
import { loadNetwork, type Unet } from '@fractura/unet-model';
import type { RunContext } from '../run/run-context.js';
import { runConfiguration } from '../run/run-paths.js';
import type { ClassificationImage } from './draw-classification-set.js';
import { readModel } from './read-model.js';
import { logitsOf, maskOf, prepareImage, type SegmentationModel } from './segment-image.js';
import type { StudySplits } from './split-atlas.js';

/** What the folds' networks are to segment. */
export interface PredictionPlan {
  atlas: Atlas;
  splits: StudySplits;
  classificationSet: readonly ClassificationImage[];
  /** The case of each converted file. */
  cases: ReadonlyMap<string, string>;
}

/**
 * Lets every fold's network segment its validation cases (labels, as nnU-Net's cross-validation), all held-out cases
 * (logits, put together later) and the images of the classification set that are its own (foreground probabilities).
 */
export async function predictFolds(plan: PredictionPlan, context: RunContext): Promise<void> {
  const { paths, settings, ledger, progress, signal } = context;
  const model = { ...(await readModel(paths)), size: settings.size, mirroring: settings.mirroring };
  for (const fold of plan.splits.folds.keys()) {
    await ledger.run({
      name: `predict-fold-${fold}`,
      inputs: { mirroring: settings.mirroring },
      folders: [paths.validation(fold), paths.heldOutLogits(fold)],
      run: async () => {
        const { plans, datasetJson } = model;
        const network = await loadNetwork({
          folder: paths.fold(fold),
          checkpoint: 'final',
          plans,
          configuration: runConfiguration,
          datasetJson,
        });
        try {
          const files = filesOfFold(plan, fold);
          const task = progress(`Predicting with fold ${fold + 1} of ${plan.splits.folds.length}`);
          for (const folder of [paths.validation(fold), paths.heldOutLogits(fold), paths.probabilities]) {
            await makeFolder(folder);
          }
          for (const [done, file] of files.entries()) {
            signal.throwIfAborted();
            await segmentFile(file, fold, network, model, plan, context);
            task.update({ done: done + 1, total: files.length });
          }
          task.finish(`${files.length} images`);
          return { images: files.length };
        } finally {
          network.dispose();
        }
      },
    });
  }
}

function filesOfFold({ splits, classificationSet, cases }: PredictionPlan, fold: number): string[] {
  const own = classificationSet.filter((image) => image.fold === fold).map(({ file }) => file);
  const converted = [...splits.folds[fold].val, ...splits.heldOut].filter((file) => cases.has(file));
  return [...new Set([...converted, ...own])].sort();
}

async function segmentFile(
  file: string,
  fold: number,
  network: Unet,
  model: SegmentationModel,
  { atlas, splits, classificationSet, cases }: PredictionPlan,
  { paths }: RunContext,
): Promise<void> {
  const record = atlas.records.find((candidate) => candidate.file === file)!;
  const prepared = await prepareImage(record.path, model);
  const logits = await logitsOf(prepared, network, model);
  const name = cases.get(file);
  if (splits.heldOut.includes(file) && name !== undefined) {
    const shape = [logits.length / prepared.data.length, ...prepared.shape.slice(1)];
    await writeNpy(join(paths.heldOutLogits(fold), `${name}.npy`), { data: logits, shape });
  }
  const { labels, probability, height, width } = maskOf(logits, prepared, model);
  if (splits.folds[fold].val.includes(file) && name !== undefined) {
    await writeNifti(join(paths.validation(fold), `${name}.nii.gz`), { data: labels, shape: [width, height, 1] });
  }
  if (classificationSet.some((image) => image.file === file && image.fold === fold)) {
    await writeNpy(join(paths.probabilities, `${record.id}.npy`), { data: probability, shape: [height, width] });
  }
}

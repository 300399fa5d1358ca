import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import { foldFolder, readDatasetJson, readPlans, type FoldName } from '@fractura/nnunet-format';
import { findCheckpoint, refuseOtherArguments } from '@fractura/tfjs-training/checkpoints';
import type { Training } from './open-training.js';

/** Which model is about to be trained. */
export interface DescribeModelOptions {
  training: Training;
  /** Folds that begin anew: what they were trained by does not matter. */
  restarted: readonly FoldName[];
}

/**
 * Copies plans, dataset.json and fingerprint to the model's folder, as nnU-Net does when a training begins. Plans or a
 * dataset.json other than those that its folds were trained by are refused: the folds could not be used any more.
 *
 * @throws TfjsTrainingError `checkpoint-mismatch`, naming the first difference.
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/nnUNetTrainer.py, on_train_start
 */
export async function describeModel({ training, restarted }: DescribeModelOptions): Promise<void> {
  const { dataset, plansFile, modelFolder } = training;
  await makeFolder(modelFolder);
  if (await hasTrainedFolds(modelFolder, restarted)) {
    await refuseOtherDescription(training);
  }
  const copies: [from: string, to: string][] = [
    [plansFile, 'plans.json'],
    [join(dataset, 'dataset.json'), 'dataset.json'],
    [join(dataset, 'dataset_fingerprint.json'), 'dataset_fingerprint.json'],
  ];
  for (const [from, to] of copies) {
    if (existsSync(from)) {
      await writeFileBeside(join(modelFolder, to), await readFile(from));
    }
  }
}

async function hasTrainedFolds(modelFolder: string, except: readonly FoldName[]): Promise<boolean> {
  const others = new Set(except.map(foldFolder));
  const folders = (await readdir(modelFolder)).filter((name) => name.startsWith('fold_') && !others.has(name));
  return folders.some((name) => findCheckpoint(join(modelFolder, name)) !== undefined);
}

async function refuseOtherDescription({ modelFolder, plans, datasetJson }: Training): Promise<void> {
  const [plansFile, datasetFile] = ['plans.json', 'dataset.json'].map((name) => join(modelFolder, name));
  if (existsSync(plansFile) && existsSync(datasetFile)) {
    const before = { plans: await readPlans(plansFile), dataset_json: await readDatasetJson(datasetFile) };
    refuseOtherArguments(modelFolder, before, { plans, dataset_json: datasetJson });
  }
}

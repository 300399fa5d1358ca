import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import type { NextStageLabels } from '@fractura/nnunet-planner';
import { readNpz, writeNpz } from '@fractura/volume-io';
import { NnunetError } from '../errors.js';

/** Where the second stage of a cascade finds the labels of the first. */
export interface PreviousStage {
  /** Such as `3d_lowres`. */
  configuration: string;
  /** `predicted_next_stage/CONFIGURATION` in the first stage's model folder. */
  folder: string;
}

/** The folder in a stage's model folder for the labels that a next stage is trained on, as nnU-Net names it. */
export const nextStageFolder = (modelFolder: string, nextStage: string) =>
  join(modelFolder, 'predicted_next_stage', nextStage);

/**
 * Writes the labels of a case for the next stage as CASE.npz with the array `seg`, which nnU-Net reads where its preprocessed
 * cases are `.npz` too.
 *
 * @see nnU-Net: nnunetv2/inference/export_prediction.py, resample_and_save
 */
export async function writeNextStageLabels(
  folder: string,
  id: string,
  { segmentation, shape }: NextStageLabels,
): Promise<void> {
  await makeFolder(folder);
  await writeNpz(labelsFile(folder, id), { seg: { data: segmentation, shape } }, { compress: true });
}

/**
 * Reads the labels that the previous stage predicted for a case, written here or by nnU-Net as `.npz`.
 *
 * @param shape `[z, y, x]` of the preprocessed case.
 * @returns labels `[z, y, x]`
 * @throws NnunetError `previous-stage-missing`, `previous-stage-invalid`
 */
export async function readPreviousStageLabels(
  stage: PreviousStage,
  id: string,
  shape: readonly number[],
): Promise<Int16Array> {
  requirePreviousStageLabels(stage, [id]);
  const file = labelsFile(stage.folder, id);
  const labels = (await readNpz(file, { filter: (name) => name === 'seg' })).get('seg');
  if (labels?.shape.join() === shape.join()) {
    return Int16Array.from(labels.data as ArrayLike<number>);
  }
  const found = labels ? `labels of ${labels.shape.join(' x ')}` : 'no array "seg"';
  throw new NnunetError(`${file} has ${found}; the preprocessed case has ${shape.join(' x ')} voxels.`, {
    code: 'previous-stage-invalid',
    remedy: `Validate the fold of ${stage.configuration} that has this case again: fractura train DATASET ${stage.configuration} FOLD --val.`,
  });
}

/**
 * Makes sure that the previous stage has predicted every one of these cases.
 *
 * @throws NnunetError `previous-stage-missing`, naming the first that is not there.
 */
export function requirePreviousStageLabels({ folder, configuration }: PreviousStage, ids: readonly string[]): void {
  const missing = ids.filter((id) => !existsSync(labelsFile(folder, id)));
  if (missing.length === 0) {
    return;
  }
  const blosc = missing.map((id) => join(folder, `${id}.b2nd`)).find((file) => existsSync(file));
  if (blosc !== undefined) {
    throw new NnunetError(`${blosc} is in nnU-Net's Blosc2 format, which is not read here.`, {
      code: 'previous-stage-missing',
      remedy: `Write these labels again from nnU-Net's own checkpoints: fractura train DATASET ${configuration} FOLD --val, for every fold.`,
    });
  }
  throw new NnunetError(
    `${labelsFile(folder, missing[0])} does not exist: ${configuration} has not predicted ${missing.length} of ${ids.length} cases.`,
    {
      code: 'previous-stage-missing',
      remedy: `Train the folds of ${configuration} first, all of them, with the same trainer and plans; their validation writes these files.`,
    },
  );
}

const labelsFile = (folder: string, id: string) => join(folder, `${id}.npz`);

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
 */
export async function writeNextStageLabels(
  folder: string,
  id: string,
  { segmentation, shape }: NextStageLabels,
): Promise<void> {
  await makeFolder(folder);
  await writeNpz(fileOf(folder, id), { seg: { data: segmentation, shape } }, { compress: true });
}

/**
 * Reads the labels that the previous stage predicted for a case, written here or by nnU-Net as `.npz`.
 *
 * @param shape `[z, y, x]` of the preprocessed case
 * @throws NnunetError `previous-stage-missing`, `previous-stage-invalid`
 */
export async function readPreviousStage(
  stage: PreviousStage,
  id: string,
  shape: readonly number[],
): Promise<Int16Array> {
  checkPreviousStage(stage, [id]);
  const file = fileOf(stage.folder, id);
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
 * Makes sure that the previous stage has predicted every case.
 *
 * @throws NnunetError `previous-stage-missing`, naming the first that is not there.
 */
export function checkPreviousStage({ folder, configuration }: PreviousStage, ids: readonly string[]): void {
  const missing = ids.filter((id) => !existsSync(fileOf(folder, id)));
  if (missing.length === 0) {
    return;
  }
  const fail = (what: string, remedy: string) => new NnunetError(what, { code: 'previous-stage-missing', remedy });
  const inBlosc = missing.find((id) => existsSync(join(folder, `${id}.b2nd`)));
  if (inBlosc !== undefined) {
    throw fail(
      `${join(folder, `${inBlosc}.b2nd`)} is nnU-Net's Blosc2, which is not read here`,
      `Write these labels anew from nnU-Net's own checkpoints: fractura train DATASET ${configuration} FOLD --val, for every fold.`,
    );
  }
  throw fail(
    `${fileOf(folder, missing[0])} does not exist: ${configuration} has not predicted ${missing.length} of ${ids.length} cases`,
    `Train the folds of ${configuration} first, all of them, with the same trainer and plans; their validation writes these files.`,
  );
}

const fileOf = (folder: string, id: string) => join(folder, `${id}.npz`);

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { foldFolder, type FoldName } from '@fractura/nnunet-format';
import { chooseCutoff, type ChooseCutoffOptions } from './choose-cutoff.js';
import { writeCutoff, type Cutoff } from './cutoff-file.js';
import { readFoldPredictions } from './fold-predictions.js';

/** Which folds of which model. */
export interface ChooseModelCutoffOptions extends ChooseCutoffOptions {
  modelFolder: string;
  /** Validated folds; each case must be in one of them alone. */
  folds: readonly FoldName[];
}

/**
 * Chooses a model's cut-off on the validation cases of its folds, and writes `cutoff.json` into its folder, which predictions obey.
 *
 * @returns undefined where the folds left no such predictions, as nnU-Net's own recipe does, or no case has foreground.
 */
export async function chooseModelCutoff({
  modelFolder,
  folds,
  ...options
}: ChooseModelCutoffOptions): Promise<Cutoff | undefined> {
  const folders = folds.map((fold) => join(modelFolder, foldFolder(fold), 'validation'));
  if (!folders.every((folder) => existsSync(join(folder, 'predictions.json')))) {
    return undefined;
  }
  const predictions = await Promise.all(folders.map(readFoldPredictions));
  const cutoff = chooseCutoff(
    predictions.flatMap((fold) => Object.values(fold)),
    options,
  );
  if (cutoff) {
    await writeCutoff(modelFolder, cutoff);
  }
  return cutoff;
}

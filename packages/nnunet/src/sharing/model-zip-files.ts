import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { foldFolder, formatModelName, type FoldName, type ModelName } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { namesIn } from '../folders/input-cases.js';
import { checkpointFile } from '../model/read-checkpoint.js';

/** What of a model folder goes into a zip. */
export interface ModelSelection extends ModelName {
  /** The data set's folder of results. */
  folder: string;
  folds: readonly FoldName[];
  /** Names of checkpoints, such as `checkpoint_final.pth`. */
  checkpoints: readonly string[];
  /** Take the predicted validation cases, too. */
  validation: boolean;
  /** Refuse where a configuration, a fold or a checkpoint is missing; else it is left out. */
  strict: boolean;
}

/** A file to put into the zip, by its path from the data set's folder of results. */
export interface ModelFile {
  path: string;
  file: string;
}

/**
 * The files of one model folder in nnU-Net's order. `cutoff.json`, which nnU-Net does not know, goes along.
 *
 * @returns none where the model is missing and that is allowed.
 * @throws NnunetError `model-missing`, `fold-missing`, `checkpoint-missing`
 * @see nnU-Net: nnunetv2/model_sharing/model_export.py, export_pretrained_model
 */
export async function modelZipFiles(selection: ModelSelection): Promise<ModelFile[]> {
  const { folder, folds, validation, strict } = selection;
  const model = formatModelName(selection);
  if (!existsSync(join(folder, model, 'plans.json'))) {
    if (strict) {
      throw new NnunetError(`${join(folder, model)} has no plans.json.`, {
        code: 'model-missing',
        remedy: 'Name the configurations that are trained with -c, or leave out the others with --not-strict.',
      });
    }
    return [];
  }
  const checkpoints = folds.map((fold) => checkpointsOf(selection, fold));
  const trained = folds.filter((_, i) => checkpoints[i].length > 0);
  const inFolds: ModelFile[] = [];
  for (const [i, fold] of folds.entries()) {
    const place = join(model, foldFolder(fold));
    inFolds.push(
      ...present(folder, place, ['debug.json']),
      ...checkpoints[i],
      ...present(folder, place, ['progress.png', 'network_architecture.pdf']),
      ...(await predictionsIn(folder, join(place, 'validation'), validation, ['summary.json', 'predictions.json'])),
    );
  }
  const crossValidation = join(model, `crossval_results_folds_${folds.join('_')}`);
  return trained.length === 0
    ? []
    : [
        ...inFolds,
        ...(await predictionsIn(folder, crossValidation, validation, resultFiles)),
        ...present(folder, model, ['plans.json', 'dataset_fingerprint.json', 'dataset.json', 'cutoff.json']),
      ];
}

/** The files of an ensemble of exported models. */
export const ensembleZipFiles = (folder: string, name: string, validation: boolean): Promise<ModelFile[]> =>
  predictionsIn(folder, join('ensembles', name), validation, resultFiles);

/** Those of these names that are there. */
export const present = (folder: string, place: string, names: readonly string[]): ModelFile[] =>
  names
    .map((name) => join(place, name))
    .filter((path) => existsSync(join(folder, path)))
    .map((path) => ({ path, file: join(folder, path) }));

const resultFiles = ['summary.json', 'postprocessing.pkl', 'postprocessing.json'];

async function predictionsIn(
  folder: string,
  place: string,
  validation: boolean,
  results: readonly string[],
): Promise<ModelFile[]> {
  if (!validation || !existsSync(join(folder, place))) {
    return present(folder, place, results);
  }
  const names = await namesIn(join(folder, place));
  return present(
    folder,
    place,
    names.filter((name) => !/\.(npz|pkl)$/.test(name) || results.includes(name)),
  );
}

function checkpointsOf(selection: ModelSelection, fold: FoldName): ModelFile[] {
  const { folder, checkpoints, strict } = selection;
  const model = formatModelName(selection);
  const place = join(model, foldFolder(fold));
  const missing = (what: string, code: string) =>
    new NnunetError(`${join(folder, place)} ${what}.`, {
      code,
      remedy: 'Name the folds that are trained with -f, or leave out the others with --not-strict.',
    });
  if (strict && !existsSync(join(folder, place))) {
    throw missing('does not exist', 'fold-missing');
  }
  const found: ModelFile[] = [];
  for (const checkpoint of checkpoints) {
    const file = checkpointFile(join(folder, model), fold, checkpoint);
    if (file !== undefined) {
      found.push({ path: join(place, checkpoint.replace(/(\.pth|\.safetensors)?$/, '.pth')), file });
    } else if (strict) {
      throw missing(`has no ${checkpoint}`, 'checkpoint-missing');
    }
  }
  return found;
}

import { join } from 'node:path';
import { chooseTrainer, crossValidationFolder, trainerOfRecipe } from '@fractura/nnunet';
import { foldFolder, formatModelName } from '@fractura/nnunet-format';
import type { RunSettings } from '../settings/run-settings.js';

/** Number and name of the data set that a run makes, as in nnU-Net's folder names. */
export const runDataset = { id: 921, name: 'FracAtlas', folder: 'Dataset921_FracAtlas' };

/** The configuration that a run plans. */
export const plannedConfiguration = '2d';

/** The configuration that a recipe trains: the planned one, or the same with whole films as patches. */
export const configurationOfRecipe = { nnunet: plannedConfiguration, 'small-lesions': '2d_films' } as const;

/** Where a run keeps what, within its output folder; nnU-Net's own folders bear nnU-Net's names. */
export function runPaths(
  out: string,
  { planFor, epochs, folds, recipe }: Pick<RunSettings, 'planFor' | 'epochs' | 'folds' | 'recipe'>,
) {
  const predictions = join(out, 'predictions');
  const preprocessed = join(out, 'nnUNet_preprocessed');
  const results = join(out, 'nnUNet_results');
  const plansName = planFor === 'cpu' ? 'nnUNetPlans_cpu' : 'nnUNetPlans';
  const trainer = chooseTrainer(trainerOfRecipe[recipe], epochs).name;
  const configuration = configurationOfRecipe[recipe];
  const model = join(results, runDataset.folder, formatModelName({ trainer, plans: plansName, configuration }));
  const foldNames = Array.from({ length: folds }, (_, fold) => fold);
  return {
    out,
    stages: join(out, 'stages'),
    syntheticAtlas: join(out, 'atlas'),
    audit: join(out, 'audit.json'),
    auditPage: join(out, 'audit.html'),
    splits: join(out, 'splits.json'),
    raw: join(out, 'nnUNet_raw'),
    rawDataset: join(out, 'nnUNet_raw', runDataset.folder),
    mapping: join(out, 'cases.json'),
    preprocessed,
    preprocessedDataset: join(preprocessed, runDataset.folder),
    /** The plans that the networks are made and trained by. */
    plansName,
    /** The configuration of the plans that is trained. */
    configuration,
    trainer,
    plans: join(preprocessed, runDataset.folder, `${plansName}.json`),
    results,
    /** `trainer__plans__configuration`, which `fractura predict -m` takes. */
    model,
    fold: (fold: number) => join(model, foldFolder(fold)),
    validation: (fold: number) => join(model, foldFolder(fold), 'validation'),
    crossValidation: join(model, crossValidationFolder(foldNames)),
    /** Foreground probability of every image of the classification set, by the one fold that segments it. */
    probabilities: join(predictions, 'probabilities'),
    /** Of one image, by its file name, which may have folders in it. */
    probability: (file: string) => join(predictions, 'probabilities', `${encodeURIComponent(file)}.npy`),
    heldOut: join(predictions, 'held-out'),
    classification: join(out, 'classification'),
    /** A page on which the reader of the report can try the model. */
    page: join(out, 'page'),
    report: join(out, 'report.html'),
    manifest: join(out, 'run.json'),
  };
}

export type RunPaths = ReturnType<typeof runPaths>;

import { join } from 'node:path';
import type { RunSettings } from './settings.js';

/** Number and name of the data set that a run makes, as in nnU-Net's folder names. */
export const runDataset = { id: 921, name: 'FracAtlas', folder: 'Dataset921_FracAtlas' };

/** The configuration that a run trains. */
export const runConfiguration = '2d';

/** Where a run keeps what, within its output folder; nnU-Net's own folders bear nnU-Net's names. */
export function runPaths(out: string, planFor: RunSettings['planFor']) {
  const predictions = join(out, 'predictions');
  const preprocessed = join(out, 'nnUNet_preprocessed', runDataset.folder);
  const plansName = planFor === 'cpu' ? 'nnUNetPlans_cpu' : 'nnUNetPlans';
  const model = join(out, 'nnUNet_results', runDataset.folder, `nnUNetTrainer__${plansName}__${runConfiguration}`);
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
    /** The plans that the networks are made and trained by. */
    plans: join(preprocessed, `${plansName}.json`),
    model,
    fold: (fold: number) => join(model, `fold_${fold}`),
    validation: (fold: number) => join(model, `fold_${fold}`, 'validation'),
    crossValidation: join(model, 'crossval_results_folds'),
    /** Foreground probability of every image of the classification set, by the one fold that segments it. */
    probabilities: join(predictions, 'probabilities'),
    /** Logits of the held-out images by one fold, until the folds are put together. */
    heldOutLogits: (fold: number) => join(predictions, 'held-out-logits', `fold_${fold}`),
    heldOut: join(predictions, 'held-out'),
    classification: join(out, 'classification'),
    report: join(out, 'report.html'),
    manifest: join(out, 'run.json'),
  };
}

export type RunPaths = ReturnType<typeof runPaths>;

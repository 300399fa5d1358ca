import { writeFileBeside } from '@fractura/array-files';
import { encodeSummary, type FoldName } from '@fractura/nnunet-format';
import { joinPath } from '@fractura/python-compat';
import { readCutoff } from '../cutoff/cutoff-file.js';
import { meanThreshold } from '../cutoff/threshold-of-predictions.js';
import { mergeCases } from '../ensemble/merge-cases.js';
import { NnunetError } from '../errors.js';
import { compareFolders } from '../evaluation/compare-folders.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { readSegmentationFormat } from '../folders/segmentation-format.js';
import type { Reporting } from '../reporting.js';
import { validationFiles } from './validation-files.js';

/** Two models whose cross-validation is averaged. */
export interface EnsemblePairOptions extends Reporting {
  /** Folders `trainer__plans__configuration`. */
  models: readonly [string, string];
  folds: readonly FoldName[];
  /** Folder of the true labels. */
  references: string;
  output: string;
}

/**
 * Averages the probabilities of two models' validation cases, writes labels and summary.json, and evaluates them. Where a model
 * has a cut-off of its own, the labels obey the mean of both, as those of `ensembleFolders`.
 *
 * @returns the mean foreground Dice.
 * @throws NnunetError `probabilities-missing`, and those of merging and evaluation
 * @see nnU-Net: nnunetv2/ensembling/ensemble.py, ensemble_crossvalidations
 */
export async function ensemblePair(options: EnsemblePairOptions): Promise<number> {
  const { models, folds, references, output, progress, signal } = options;
  const files = await Promise.all(models.map((model) => validationFiles(model, folds, '.npz')));
  const names = [...new Set(files.flatMap((own) => [...own.keys()]))].sort();
  for (const [i, own] of files.entries()) {
    const missing = names.filter((name) => !own.has(name));
    if (own.size === 0 || missing.length > 0) {
      throw new NnunetError(
        `${models[i]} has no probabilities of ${missing.length > 0 ? missing.join(', ') : 'its validation cases'}.`,
        {
          code: 'probabilities-missing',
          remedy: 'Validate with probabilities (--npz), or compare single models only (--disable_ensembling).',
        },
      );
    }
  }
  const format = await readSegmentationFormat(models[0]);
  const cases = names.map((name) => ({
    id: name.slice(0, -'.npz'.length),
    files: files.map((own) => own.get(name)!),
  }));
  const cutoffs = await Promise.all(models.map(readCutoff));
  const threshold = meanThreshold(cutoffs.map((cutoff) => cutoff?.threshold));
  await mergeCases({ cases, output, format, threshold, progress, signal });
  await copyDescriptions(models[0], output);
  const summary = await compareFolders({
    references,
    predictions: output,
    fileEnding: format.ending,
    allowMissing: true,
    labels: format.classes,
    ignoreLabel: format.labels.ignoreLabel,
    signal,
  });
  await writeFileBeside(joinPath(output, 'summary.json'), encodeSummary(summary));
  return summary.foreground_mean.Dice;
}

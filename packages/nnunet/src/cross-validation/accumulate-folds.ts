import { existsSync } from 'node:fs';
import { copyFile, readdir, rm } from 'node:fs/promises';
import { makeFolder } from '@fractura/array-files';
import type { EvaluationSummary } from '@fractura/metrics';
import writeFileAtomic from 'write-file-atomic';
import { NnunetError } from '../errors.js';
import { encodeSummary } from '../evaluation/encode-summary.js';
import type { Reporting } from '../reporting.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { readFormat } from '../folders/describing-files.js';
import { evaluateFolder } from '../evaluation/evaluate-folder.js';
import { inFolder } from '../folders/in-folder.js';
import { namesIn } from '../folders/list-cases.js';

/** Which folds of which model to put together. */
export interface AccumulateFoldsOptions extends Reporting {
  /** The folder `trainer__plans__configuration`. */
  model: string;
  folds: readonly string[];
  /** Default: `crossval_results_folds_0_1_2_3_4` within the model's folder, which is made anew. */
  output?: string;
  /** Folders in which the true labels may lie; the first that is there counts. */
  references: readonly string[];
}

/** The name of the folder of all folds' validation cases. */
export const crossValidationFolder = (folds: readonly string[]): string => `crossval_results_folds_${folds.join('_')}`;

/** The folder of a fold's validation cases. */
export const validationFolder = (model: string, fold: string): string => inFolder(model, `fold_${fold}/validation`);

/**
 * Copies the folds' validation predictions into one folder and evaluates them together, as
 * `nnUNetv2_accumulate_crossval_results`.
 *
 * @throws NnunetError `fold-missing`, `case-twice`, `output-not-empty`, `references-missing`
 * @see reference/nnunet-v2/behaviour.md, section 9.3
 */
export async function accumulateFolds(
  options: AccumulateFoldsOptions,
): Promise<{ folder: string; summary: EvaluationSummary }> {
  const { model, folds, references, signal, progress } = options;
  const format = await readFormat(model);
  const sources = await validationFiles(model, folds, format.ending);
  const folder = options.output ?? inFolder(model, crossValidationFolder(folds));
  if (options.output === undefined) {
    await rm(folder, { recursive: true, force: true });
  } else if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new NnunetError(`${folder} is not empty.`, {
      code: 'output-not-empty',
      remedy: 'Name a folder that is empty or does not exist.',
    });
  }
  await makeFolder(folder);
  await copyDescriptions(model, folder);
  for (const [name, source] of sources) {
    signal.throwIfAborted();
    await copyFile(source, inFolder(folder, name));
  }
  const task = progress('Evaluating');
  const summary = await evaluateFolder({
    references: existingFolder(references),
    predictions: folder,
    fileEnding: format.ending,
    signal,
    chill: true,
    labels: format.classes,
    ignoreLabel: format.labels.ignoreLabel,
    onProgress: task.update,
  });
  task.finish(`${sources.size} cases, mean Dice ${summary.foreground_mean.Dice.toFixed(5)}`);
  await writeFileAtomic(inFolder(folder, 'summary.json'), encodeSummary(summary));
  return { folder, summary };
}

/**
 * Files of the folds' validation folders by name.
 *
 * @throws NnunetError `fold-missing`, `case-twice`
 */
export async function validationFiles(
  model: string,
  folds: readonly string[],
  ending: string,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const fold of folds) {
    const folder = validationFolder(model, fold);
    if (!existsSync(folder)) {
      throw new NnunetError(`${folder} does not exist.`, {
        code: 'fold-missing',
        remedy: `Train fold ${fold} of this model, or name the folds that are trained with -f.`,
      });
    }
    for (const name of await namesIn(folder, ending)) {
      const other = files.get(name);
      if (other !== undefined) {
        throw new NnunetError(`${name} was validated twice, in ${other} and ${folder}.`, {
          code: 'case-twice',
          remedy: 'Folds must not share validation cases; train them with the same splits.',
        });
      }
      files.set(name, inFolder(folder, name));
    }
  }
  return files;
}

/** @throws NnunetError `references-missing` */
export function existingFolder(folders: readonly string[]): string {
  const found = folders.find((folder) => existsSync(folder));
  if (found !== undefined) {
    return found;
  }
  throw new NnunetError(`There are no true labels in ${folders.join(' or ')}.`, {
    code: 'references-missing',
    remedy: 'Name the folders with --raw and --preprocessed.',
  });
}

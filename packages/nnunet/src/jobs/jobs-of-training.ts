import { join } from 'node:path';
import { UsageError } from '@fractura/command-line';
import { datasetName, nnunetFoldersOf, readSplitsIfAny, type NnunetFolders } from '@fractura/nnunet-format';
import { readFoldList } from '../commands/fold-option.js';
import { trainerOf, type EncoderValues } from '../commands/encoder-options.js';
import { chooseTrainer } from '../training/trainer.js';
import type { CommandJob } from './command-job.js';

/** What `train` was asked for, as far as it matters here. */
interface TrainValues extends EncoderValues, NnunetFolders {
  dataset: string;
  configuration: string;
  fold: string;
  epochs?: number;
  plans: string;
  val: boolean;
}

/** nnU-Net's number of folds, where a data set has no `splits_final.json` yet. */
const defaultFolds = 5;

/** The word for every fold of a data set, which `find-best-configuration` follows. */
const allFolds = 'all-folds';

/** A training of each fold, and what follows all of them. */
export async function jobsOfTraining(
  words: readonly string[],
  given: Record<string, unknown>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CommandJob[] | undefined> {
  const values = given as unknown as TrainValues;
  const isAll = values.fold === allFolds;
  const folds = isAll ? await foldsOf(values, environment) : readFoldList(values.fold);
  if (folds.length === 1) {
    return undefined;
  }
  const at = words.lastIndexOf(values.fold);
  const jobs = folds.map((fold): CommandJob => {
    const ofFold = [...words];
    ofFold[at] = String(fold);
    return { name: `fold ${fold}`, words: ofFold, stage: 0 };
  });
  if (isAll) {
    jobs.push({ name: 'find-best-configuration', words: comparison(values, folds), stage: 1 });
  }
  return jobs;
}

async function foldsOf(values: TrainValues, environment: Readonly<Record<string, string | undefined>>) {
  const { preprocessed } = nnunetFoldersOf(environment, values);
  if (preprocessed === undefined) {
    throw new UsageError('The folder nnUNet_preprocessed is not known.', {
      remedy: 'Give --preprocessed DIR, or set the variable nnUNet_preprocessed.',
    });
  }
  const name = await datasetName(values.dataset, [preprocessed]);
  const splits = await readSplitsIfAny(join(preprocessed, name, 'splits_final.json'));
  return Array.from({ length: splits?.length ?? defaultFolds }, (_, fold) => fold);
}

function comparison(values: TrainValues, folds: readonly (number | string)[]): string[] {
  const { dataset, configuration, epochs, plans } = values;
  const trainer = chooseTrainer(trainerOf(values), epochs).name;
  const words = ['find-best-configuration', dataset, '-c', configuration, '-tr', trainer, '-p', plans];
  for (const kind of ['preprocessed', 'results'] as const) {
    const folder = values[kind];
    if (folder !== undefined) {
      words.push(`--${kind}`, folder);
    }
  }
  return [...words, '-f', ...folds.map(String)];
}

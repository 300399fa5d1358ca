import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPlans } from '@fractura/nnunet-format';
import { encodePythonJson, PythonFloat } from '@fractura/python-compat';
import writeFileAtomic from 'write-file-atomic';
import { NnunetError } from '../errors.js';
import { encodeSummary } from '../evaluation/encode-summary.js';
import type { Reporting } from '../reporting.js';
import { accumulateFolds, existingFolder, validationFiles } from './accumulate-folds.js';
import { readFormat } from '../folders/describing-files.js';
import { determinePostprocessing } from '../postprocessing/determine-postprocessing.js';
import { mergeCases } from '../ensemble/ensemble-folders.js';
import { evaluateFolder } from '../evaluation/evaluate-folder.js';
import { inFolder } from '../folders/in-folder.js';
import { inferenceInstructions } from './inference-instructions.js';

/** A way of training, under nnU-Net's keys. */
export interface CandidateModel {
  configuration: string;
  plans: string;
  trainer: string;
}

/** Which models to compare, and where they are. */
export interface FindBestConfigurationOptions extends Reporting {
  /** Such as `Dataset921_FracAtlas`. */
  dataset: string;
  raw: string | undefined;
  preprocessed: string;
  results: string;
  candidates: readonly CandidateModel[];
  folds: readonly string[];
  /** Compare every pair's mean, too. Default true. */
  ensembling?: boolean;
}

/** The content of nnU-Net's inference_information.json. */
export interface InferenceInformation {
  all_results: Record<string, number>;
  best_model_or_ensemble: {
    postprocessing_file: string;
    result_on_crossval_post_pp: number;
    result_on_crossval_pre_pp: number;
    selected_model_or_models: { configuration: string; plans_identifier: string; trainer: string }[];
    some_plans_file: string;
  };
  considered_models: CandidateModel[];
  dataset_name_or_id: string;
  ensembling_allowed: boolean;
  folds: number[];
}

interface Result {
  name: string;
  folder: string;
  dice: number;
  members: CandidateModel[];
}

/**
 * Compares models and pairs of them by the mean Dice of their cross-validation, determines the winner's postprocessing and
 * writes how to predict with it, as `nnUNetv2_find_best_configuration`.
 *
 * @throws NnunetError `model-missing`, `no-candidates`, `probabilities-missing`, `score-undefined`, and those of its steps
 * @see reference/nnunet-v2/behaviour.md, section 9.4
 */
export async function findBestConfiguration(options: FindBestConfigurationOptions): Promise<InferenceInformation> {
  const { dataset, results, preprocessed, raw, folds, ensembling = true, note } = options;
  const gtSegmentations = join(preprocessed, dataset, 'gt_segmentations');
  const references = [...(raw === undefined ? [] : [join(raw, dataset, 'labelsTr')]), gtSegmentations];
  const candidates = await trainedCandidates(options);
  const compared: Result[] = [];
  for (const candidate of candidates) {
    const model = modelFolder(options, candidate);
    const { folder, summary } = await accumulateFolds({ ...options, model, references });
    compared.push({ name: nameOf(candidate), folder, dice: summary.foreground_mean.Dice, members: [candidate] });
  }
  if (ensembling) {
    for (const [i, first] of candidates.entries()) {
      for (const second of candidates.slice(i + 1)) {
        compared.push(await ensembleOf(first, second, references, options));
      }
    }
  }
  for (const { name, dice } of compared) {
    note(`${name}: mean Dice ${dice}`);
  }
  // Singles come before ensembles, so that of equals the simpler wins.
  const best = compared.reduce((winner, result) =>
    result.dice > winner.dice || Number.isNaN(winner.dice) ? result : winner,
  );
  if (Number.isNaN(best.dice)) {
    throw withoutScore(best);
  }
  note(`Best: ${best.name}`);
  const { after } = await determinePostprocessing({
    ...options,
    predictions: best.folder,
    references: existingFolder([gtSegmentations, ...references]),
    format: await readFormat(best.folder),
  });
  const information: InferenceInformation = {
    all_results: Object.fromEntries(compared.map(({ name, dice }) => [name, dice])),
    best_model_or_ensemble: {
      postprocessing_file: inFolder(best.folder, 'postprocessing.pkl'),
      result_on_crossval_post_pp: after.foreground_mean.Dice,
      result_on_crossval_pre_pp: best.dice,
      selected_model_or_models: best.members.map(({ configuration, plans, trainer }) => ({
        configuration,
        plans_identifier: plans,
        trainer,
      })),
      some_plans_file: inFolder(best.folder, 'plans.json'),
    },
    considered_models: [...candidates],
    dataset_name_or_id: dataset,
    ensembling_allowed: ensembling,
    folds: folds.map(Number),
  };
  const write = (name: string, content: string) => writeFileAtomic(join(results, dataset, name), content);
  await write('inference_information.json', encodePythonJson(withFloats(information), { indent: 4, sortKeys: true }));
  await write('inference_instructions.txt', inferenceInstructions(information));
  return information;
}

const nameOf = ({ trainer, plans, configuration }: CandidateModel): string => `${trainer}__${plans}__${configuration}`;

const modelFolder = (
  { results, dataset }: Pick<FindBestConfigurationOptions, 'results' | 'dataset'>,
  candidate: CandidateModel,
): string => join(results, dataset, nameOf(candidate));

/** The candidates whose configuration is in their plans; each of them must be trained. */
async function trainedCandidates(options: FindBestConfigurationOptions): Promise<CandidateModel[]> {
  const { dataset, preprocessed, candidates, note } = options;
  const planned: CandidateModel[] = [];
  for (const candidate of candidates) {
    const { configurations } = await readPlans(join(preprocessed, dataset, `${candidate.plans}.json`));
    if (!(candidate.configuration in configurations)) {
      note(`${candidate.configuration} is not in ${candidate.plans}: left out`);
      continue;
    }
    const folder = modelFolder(options, candidate);
    if (!existsSync(folder)) {
      throw new NnunetError(`${folder} does not exist.`, {
        code: 'model-missing',
        remedy: `Train ${candidate.configuration}, or name the configurations that are trained with -c.`,
      });
    }
    planned.push(candidate);
  }
  if (planned.length > 0) {
    return planned;
  }
  throw new NnunetError('None of the configurations is in the plans.', {
    code: 'no-candidates',
    remedy: 'Name others with -c or -p.',
  });
}

async function ensembleOf(
  first: CandidateModel,
  second: CandidateModel,
  references: readonly string[],
  options: FindBestConfigurationOptions,
): Promise<Result> {
  const { results, dataset, folds, signal } = options;
  const models = [first, second].map((candidate) => modelFolder(options, candidate));
  const name = `ensemble___${nameOf(first)}___${nameOf(second)}___${folds.join('_')}`;
  const folder = join(results, dataset, 'ensembles', name);
  const files = await Promise.all(models.map((model) => validationFiles(model, folds, '.npz')));
  const names = new Set(files.flatMap((own) => [...own.keys()]));
  for (const [i, own] of files.entries()) {
    const missing = [...names].filter((file) => !own.has(file));
    if (own.size > 0 && missing.length === 0) {
      continue;
    }
    throw new NnunetError(
      `${models[i]} has no probabilities of ${missing.length > 0 ? missing.join(', ') : 'its validation cases'}.`,
      { code: 'probabilities-missing', remedy: 'Validate with probabilities (--npz), or say --disable_ensembling.' },
    );
  }
  const format = await readFormat(models[0]);
  const cases = [...names].sort().map((file) => ({
    id: file.slice(0, -'.npz'.length),
    files: files.map((own) => own.get(file)!),
  }));
  await mergeCases({ ...options, cases, output: folder, format });
  for (const file of ['plans.json', 'dataset.json']) {
    await copyFile(inFolder(models[0], file), inFolder(folder, file));
  }
  const summary = await evaluateFolder({
    references: existingFolder([...references].reverse()),
    predictions: folder,
    fileEnding: format.ending,
    chill: true,
    signal,
    labels: format.classes,
    ignoreLabel: format.labels.ignoreLabel,
  });
  await writeFileAtomic(inFolder(folder, 'summary.json'), encodeSummary(summary));
  return { name, folder, dice: summary.foreground_mean.Dice, members: [first, second] };
}

/** nnU-Net ends with an IndexError here. */
const withoutScore = ({ folder }: Result) =>
  new NnunetError(`The mean Dice of no model is defined: a class is neither in the true labels nor in ${folder}.`, {
    code: 'score-undefined',
    remedy:
      'Look for the class whose mean is NaN in summary.json; remove it from dataset.json, or add cases that have it.',
  });

/** Scores are floats, also where they are whole. */
function withFloats({ all_results: results, best_model_or_ensemble: best, ...rest }: InferenceInformation) {
  return {
    ...rest,
    all_results: Object.fromEntries(Object.entries(results).map(([name, dice]) => [name, new PythonFloat(dice)])),
    best_model_or_ensemble: {
      ...best,
      result_on_crossval_pre_pp: new PythonFloat(best.result_on_crossval_pre_pp),
      result_on_crossval_post_pp: new PythonFloat(best.result_on_crossval_post_pp),
    },
  };
}

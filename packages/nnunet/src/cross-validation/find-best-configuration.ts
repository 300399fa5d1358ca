import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileBeside } from '@fractura/array-files';
import {
  encodeInferenceInformation,
  formatModelName,
  inferenceInstructions,
  readPlans,
  type CandidateModel,
  type InferenceInformation,
} from '@fractura/nnunet-format';
import { joinPath } from '@fractura/python-compat';
import { NnunetError } from '../errors.js';
import { determinePostprocessing } from '../postprocessing/determine-postprocessing.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { accumulateFolds, fiveFolds } from './accumulate-folds.js';
import { ensemblePair } from './ensemble-pair.js';
import { firstReferences } from './validation-files.js';

/** Which models to compare, and where they are. */
export interface FindBestConfigurationOptions extends Reporting {
  /** Such as `Dataset921_FracAtlas`. */
  dataset: string;
  /** nnU-Net's folder of raw data sets; without it the true labels are those among the preprocessed data. */
  raw?: string;
  preprocessed: string;
  results: string;
  /** Those whose configuration is not in their plans are left out. */
  candidates: readonly CandidateModel[];
  /** Default 0 to 4. */
  folds?: readonly number[];
  /** Compare the mean of every pair, too. Default true. */
  ensembling?: boolean;
}

/** A model, or the mean of two, and how well it did. */
interface Compared {
  name: string;
  folder: string;
  /** Mean foreground Dice. */
  dice: number;
  members: CandidateModel[];
}

/**
 * Compares models and pairs of them by the mean Dice of their cross-validation, determines the winner's postprocessing and
 * writes how to predict with it (inference_information.json, inference_instructions.txt), as `nnUNetv2_find_best_configuration`.
 *
 * @throws NnunetError `model-missing`, `no-candidates`, `probabilities-missing`, `score-undefined`, and those of its steps
 * @see nnU-Net: nnunetv2/evaluation/find_best_configuration.py, find_best_configuration
 */
export async function findBestConfiguration(options: FindBestConfigurationOptions): Promise<InferenceInformation> {
  const { dataset, results, preprocessed, folds = fiveFolds, ensembling = true, progress, signal } = options;
  const { note } = completeReporting(options);
  const gtSegmentations = join(preprocessed, dataset, 'gt_segmentations');
  const candidates = await trainedCandidates(options, note);
  const compared = await compareModels(candidates, options);
  for (const { name, dice } of compared) {
    note(`${name}: mean Dice ${dice}`);
  }
  const best = bestOf(compared);
  note(`Best: ${best.name}`);
  const { after } = await determinePostprocessing({
    predictions: best.folder,
    references: firstReferences([gtSegmentations, ...referencesOf(options)]),
    note,
    progress,
    signal,
  });
  const information: InferenceInformation = {
    all_results: Object.fromEntries(compared.map(({ name, dice }) => [name, dice])),
    best_model_or_ensemble: {
      postprocessing_file: joinPath(best.folder, 'postprocessing.pkl'),
      result_on_crossval_post_pp: after.foreground_mean.Dice,
      result_on_crossval_pre_pp: best.dice,
      selected_model_or_models: best.members.map(({ configuration, plans, trainer }) => ({
        configuration,
        plans_identifier: plans,
        trainer,
      })),
      some_plans_file: joinPath(best.folder, 'plans.json'),
    },
    considered_models: [...candidates],
    dataset_name_or_id: dataset,
    ensembling_allowed: ensembling,
    folds: [...folds],
  };
  const write = (name: string, content: string) => writeFileBeside(join(results, dataset, name), content);
  await write('inference_information.json', encodeInferenceInformation(information));
  await write('inference_instructions.txt', inferenceInstructions(information));
  return information;
}

/** Where the true labels may lie, in the order in which they count for a single model. */
function referencesOf({ raw, preprocessed, dataset }: FindBestConfigurationOptions): string[] {
  const gtSegmentations = join(preprocessed, dataset, 'gt_segmentations');
  return raw === undefined ? [gtSegmentations] : [join(raw, dataset, 'labelsTr'), gtSegmentations];
}

const modelFolder = (
  { results, dataset }: Pick<FindBestConfigurationOptions, 'results' | 'dataset'>,
  candidate: CandidateModel,
): string => join(results, dataset, formatModelName(candidate));

/** The candidates whose configuration is in their plans; each of them must be trained. */
async function trainedCandidates(
  options: FindBestConfigurationOptions,
  note: (line: string) => void,
): Promise<CandidateModel[]> {
  const { dataset, preprocessed, candidates } = options;
  const planned: CandidateModel[] = [];
  for (const candidate of candidates) {
    const { configurations } = await readPlans(join(preprocessed, dataset, `${candidate.plans}.json`));
    if (!(candidate.configuration in configurations)) {
      note(`${candidate.configuration} is not in ${candidate.plans}: left out.`);
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

/** Single models first, then the pairs. */
async function compareModels(
  candidates: readonly CandidateModel[],
  options: FindBestConfigurationOptions,
): Promise<Compared[]> {
  const { results, dataset, folds = fiveFolds, ensembling = true, progress, signal } = options;
  const references = referencesOf(options);
  const compared: Compared[] = [];
  for (const candidate of candidates) {
    const model = modelFolder(options, candidate);
    const { folder, summary } = await accumulateFolds({ model, folds, references, progress, signal });
    const { Dice: dice } = summary.foreground_mean;
    compared.push({ name: formatModelName(candidate), folder, dice, members: [candidate] });
  }
  for (const [first, second] of ensembling ? pairsOf(candidates) : []) {
    const names = [first, second].map(formatModelName);
    const name = `ensemble___${names.join('___')}___${folds.join('_')}`;
    const folder = join(results, dataset, 'ensembles', name);
    const dice = await ensemblePair({
      models: [modelFolder(options, first), modelFolder(options, second)],
      folds,
      references: firstReferences([...references].reverse()),
      output: folder,
      progress,
      signal,
    });
    compared.push({ name, folder, dice, members: [first, second] });
  }
  return compared;
}

function pairsOf<Item>(items: readonly Item[]): [Item, Item][] {
  return items.flatMap((first, i) => items.slice(i + 1).map((second): [Item, Item] => [first, second]));
}

/** The highest score; of equals the first, so that a single model wins over a pair. */
function bestOf(compared: readonly Compared[]): Compared {
  const best = compared.reduce((winner, result) =>
    result.dice > winner.dice || Number.isNaN(winner.dice) ? result : winner,
  );
  if (!Number.isNaN(best.dice)) {
    return best;
  }
  // nnU-Net ends with an IndexError here.
  throw new NnunetError(
    `The mean Dice of no model is defined: a class is neither in the true labels nor in ${best.folder}.`,
    {
      code: 'score-undefined',
      remedy:
        'Look for the class whose mean is NaN in summary.json; remove it from dataset.json, or add cases that have it.',
    },
  );
}

import { existsSync } from 'node:fs';
import { checkArguments, rule } from '@fractura/errors';
import { writeFileBeside } from '@fractura/array-files';
import type { EvaluationSummary } from '@fractura/metrics';
import { encodePythonJson, joinPath } from '@fractura/python-compat';
import { PythonReference, PythonTuple, readPickle, writePickle, type PythonValue } from '@fractura/torch-weights';
import { NnunetFormatError } from '../errors.js';
import { summaryMeans } from '../evaluation/summary-json.js';
import { readJsonIfAny } from '../files/read-json-if-any.js';
import { type PostprocessingStep, postprocessingStepName, postprocessingStepRule } from './postprocessing-step.js';

const stepFunction = `nnunetv2.postprocessing.remove_connected_components.${postprocessingStepName}`;

/** What was found out, and how the scores change by it. */
export interface DeterminedPostprocessing {
  steps: PostprocessingStep[];
  before: EvaluationSummary;
  after: EvaluationSummary;
}

/**
 * Writes `postprocessing.json` and, for nnU-Net's own commands, `postprocessing.pkl`, which refers to its function by name.
 *
 * @param classes the labels and regions that the steps were tried for.
 * @see nnU-Net: nnunetv2/postprocessing/remove_connected_components.py, determine_postprocessing
 */
export async function writePostprocessing(
  folder: string,
  options: DeterminedPostprocessing,
  classes: readonly (number | readonly number[])[],
): Promise<void> {
  checkArguments({ folder, options, classes }, writePostprocessingArguments, NnunetFormatError);
  const { steps, before, after } = options;
  const content = {
    input_folder: summaryMeans(before),
    postprocessed: summaryMeans(after),
    postprocessing_fns: steps.map(() => postprocessingStepName),
    postprocessing_kwargs: steps,
  };
  await writePickle(
    joinPath(folder, 'postprocessing.pkl'),
    PythonTuple.over([
      steps.map(() => new PythonReference(stepFunction)),
      steps.map(({ labels_or_regions: of }) => new Map([['labels_or_regions', asPython(of, classes)]])),
    ]),
  );
  await writeFileBeside(
    joinPath(folder, 'postprocessing.json'),
    encodePythonJson(content, { indent: 4, sortKeys: true }),
  );
}

/** nnU-Net's regions are tuples, several labels that are one foreground a list; a step for a region holds the region itself. */
function asPython(
  of: PostprocessingStep['labels_or_regions'],
  classes: readonly (number | readonly number[])[],
): PythonValue {
  if (typeof of === 'number') {
    return of;
  }
  return classes.includes(of) ? PythonTuple.over(of) : [...of];
}

/**
 * Reads the steps of a `postprocessing.json` or `postprocessing.pkl`, ours or nnU-Net's, or of the one in a folder.
 *
 * @throws NnunetFormatError `postprocessing-missing`, `postprocessing-invalid`; TorchWeightsError where a pickle asks for more
 *   than nnU-Net's function.
 */
export async function readPostprocessing(path: string): Promise<PostprocessingStep[]> {
  checkArguments({ path }, { path: rule.text }, NnunetFormatError);
  const candidates = [path, joinPath(path, 'postprocessing.json'), joinPath(path, 'postprocessing.pkl')];
  const file = candidates.find((candidate) => /\.(json|pkl)$/.test(candidate) && existsSync(candidate));
  if (file === undefined) {
    throw new NnunetFormatError(`${path} is or has no postprocessing.json or .pkl.`, {
      code: 'postprocessing-missing',
      remedy: 'Run determine-postprocessing first, or name the file with -pp_pkl_file.',
    });
  }
  const found = file.endsWith('.pkl') ? await fromPickle(file) : await fromJson(file);
  if (found) {
    return found;
  }
  throw new NnunetFormatError(`${file} does not say what postprocessing to do.`, {
    code: 'postprocessing-invalid',
    remedy: 'Determine it again.',
  });
}

async function fromJson(file: string): Promise<PostprocessingStep[] | undefined> {
  const content = await readJsonIfAny(file, {
    what: 'a file of postprocessing',
    code: 'postprocessing-invalid',
    remedy: 'Determine it again.',
    check: (found) => found,
  });
  const { postprocessing_fns: names, postprocessing_kwargs: options } = content ?? {};
  if (!Array.isArray(names) || !Array.isArray(options) || names.length !== options.length) {
    return undefined;
  }
  if (names.some((name) => name !== postprocessingStepName)) {
    return undefined;
  }
  return checked(options.map((kwargs: { labels_or_regions?: unknown } | null) => kwargs?.labels_or_regions));
}

async function fromPickle(file: string): Promise<PostprocessingStep[] | undefined> {
  const content = await readPickle(file, { references: [stepFunction] });
  const [functions, options] = Array.isArray(content) ? content : [];
  if (!Array.isArray(functions) || !Array.isArray(options) || functions.length !== options.length) {
    return undefined;
  }
  if (!functions.every((step) => step instanceof PythonReference)) {
    return undefined;
  }
  return checked(options.map((kwargs) => (kwargs instanceof Map ? kwargs.get('labels_or_regions') : undefined)));
}

/** A list may hold labels and regions; together they are one foreground. */
function checked(values: readonly unknown[]): PostprocessingStep[] | undefined {
  const steps: PostprocessingStep[] = [];
  for (const value of values) {
    const flat = Array.isArray(value) ? (value.flat() as unknown[]) : value;
    const members = Array.isArray(flat) ? flat : [flat];
    if (!members.every((label) => Number.isSafeInteger(label))) {
      return undefined;
    }
    steps.push({ labels_or_regions: flat as number | number[] });
  }
  return steps;
}

/** What {@link DeterminedPostprocessing} must be. */
export const determinedPostprocessingRule = rule.fields({
  steps: rule.listOf(postprocessingStepRule),
  before: rule.fields({
    foreground_mean: rule.object,
    mean: rule.tableOf(rule.object),
  }),
  after: rule.fields({
    foreground_mean: rule.object,
    mean: rule.tableOf(rule.object),
  }),
});

const writePostprocessingArguments = {
  folder: rule.text,
  options: determinedPostprocessingRule,
  classes: rule.listOf(rule.either(rule.count, rule.listOf(rule.anyNumber))),
};

import { balancedSet, type Atlas, type BalancedSizes, type StudySplits } from '@fractura/fracatlas-loader';
import { FracturaError } from '@fractura/errors';
import { PipelineError } from '../errors.js';
import type { RunSettings } from '../settings/run-settings.js';
import { classificationRatio } from './draw-classification-set.js';

/** What a confidence interval needs: cases that differ. */
const fewestToJudge = 2;

/**
 * Makes sure, before anything is trained, that there is enough for what comes last: cases in every fold and held out, and both
 * classes in every part of the classification set. Only the counts are looked at; the set itself is drawn later.
 *
 * @param exclude files that cannot be used.
 * @throws PipelineError `study-too-small` with the counts and a remedy.
 */
export function checkStudy(
  { records }: Pick<Atlas, 'records'>,
  { groups, heldOut, folds, normals }: Pick<StudySplits, 'groups' | 'heldOut' | 'folds' | 'normals'>,
  exclude: readonly string[],
  { seed, segmentationNormals, classifierParts }: Pick<RunSettings, 'seed' | 'segmentationNormals' | 'classifierParts'>,
): void {
  const isNormal = new Set(normals);
  const unusable = new Set(exclude);
  const fracturesOf = (files: readonly string[]) =>
    files.filter((file) => !isNormal.has(file) && !unusable.has(file)).length;
  for (const [fold, { train, val }] of folds.entries()) {
    if (fracturesOf(train) === 0 || fracturesOf(val) === 0) {
      throw tooSmall(
        `Fold ${fold} has ${fracturesOf(train)} fractured radiographs to train on and ${fracturesOf(val)} to judge by.`,
        'Choose fewer folds with --folds, or give more fractured radiographs.',
      );
    }
    if (segmentationNormals > 0 && !val.some((file) => isNormal.has(file))) {
      throw tooSmall(
        `Fold ${fold} has no normal radiograph: ${normals.length} are too few for ${folds.length} folds.`,
        'Raise --segmentation-normals, choose fewer folds with --folds, or give more normal radiographs.',
      );
    }
  }
  if (fracturesOf(heldOut) < fewestToJudge) {
    throw tooSmall(
      `${fracturesOf(heldOut)} fractured radiographs are held out; intervals need at least ${fewestToJudge}.`,
      'Give more fractured radiographs.',
    );
  }
  checkClasses(records, { seed, groups, heldOut, ratio: classificationRatio({ classifierParts }), exclude });
}

function checkClasses(
  records: Atlas['records'],
  {
    seed,
    groups,
    heldOut,
    ratio,
    exclude,
  }: Pick<StudySplits, 'groups' | 'heldOut'> & {
    seed: number;
    ratio: BalancedSizes | undefined;
    exclude: readonly string[];
  },
): void {
  const fractured = records.filter((record) => record.fractured).length;
  const remedy =
    `There are ${fractured} fractured and ${records.length - fractured} normal radiographs, and duplicates and neighbours stay ` +
    'together. Give more of both classes (24 of each are enough where none stay together), or choose another --seed.';
  let parts: Record<string, string[]>;
  try {
    ({ parts } = balancedSet(records, { seed, groups, evaluationFractures: heldOut, ratio, exclude }));
  } catch (error) {
    if (FracturaError.isInstance(error) && error.code === 'too-few-images') {
      throw tooSmall(error.message, remedy);
    }
    throw error;
  }
  // Every part is half fractured.
  const counts = ['train', 'validation', 'test'].map((part) => [part, parts[part].length / 2] as const);
  const empty = counts.find(([, count]) => count === 0);
  if (empty !== undefined) {
    const shown = counts.map(([part, count]) => `${count} of each class for ${part}`).join(', ');
    throw tooSmall(`The classification set would have ${shown}.`, remedy);
  }
}

const tooSmall = (what: string, remedy: string) => new PipelineError(what, { code: 'study-too-small', remedy });

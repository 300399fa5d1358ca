import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileBeside } from '@fractura/array-files';
import { isMissing } from '@fractura/errors';

/** One training of a point, with one seed, on all inner folds. */
export interface Trial {
  /** Its place among the points, from 0. */
  point: number;
  /** Epochs, where training lengths are halved. */
  length?: number | undefined;
  /** Of weights, order and augmentation; points and folds do not depend on it. */
  seed: number;
}

/** What became of a trial. */
export interface TrialResult extends Trial {
  /** The score of each inner fold; undefined where the training failed. */
  folds?: number[];
  /** Their mean. */
  score?: number;
  /** Why there is none. */
  failed?: string;
  /** Of work. */
  seconds: number;
  /** The TensorFlow.js engine that computed. */
  engine: string;
}

/** Such as `point-3_length-18_seed-0`. */
export const trialName = ({ point, length, seed }: Trial): string =>
  `point-${point}${length === undefined ? '' : `_length-${length}`}_seed-${seed}`;

/** Where a trial works, and leaves its result. */
export const trialFolder = (out: string, trial: Trial): string => join(out, 'trials', trialName(trial));

const resultFile = (out: string, trial: Trial) => join(trialFolder(out, trial), 'trial.json');

/** What became of a trial; undefined while it is not over. */
export async function readTrial(out: string, trial: Trial): Promise<TrialResult | undefined> {
  try {
    return JSON.parse(await readFile(resultFile(out, trial), 'utf8')) as TrialResult;
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

export async function writeTrial(out: string, result: TrialResult): Promise<void> {
  await writeFileBeside(resultFile(out, result), `${JSON.stringify(result, undefined, 2)}\n`);
}

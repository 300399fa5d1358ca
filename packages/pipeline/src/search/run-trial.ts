import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '@fractura/array-files';
import { FracturaError } from '@fractura/errors';
import type { Reporting } from '@fractura/nnunet';
import type { Point } from '@fractura/search';
import type { RunSettings } from '../settings/run-settings.js';
import { classifierFilms, classifierSamples, trainFoldClassifiers } from './classifier-trial.js';
import { dataFolder, splitStudy } from './prepared-data.js';
import { openSearchStudy } from './prepare-search.js';
import { pointsOf, trialSettings } from './search-points.js';
import { defaultsOf, type SearchRecord } from './search-record.js';
import { trainSegmentation } from './segmentation-trial.js';
import { readTrial, trialFolder, writeTrial, type Trial, type TrialResult } from './trial.js';

export interface RunTrialOptions extends Required<Reporting> {
  /** Folder of the search. */
  out: string;
  record: SearchRecord;
  trial: Trial;
  /** The TensorFlow.js engine in use. */
  engine: string;
  /** File of the encoder's pretrained weights on this machine. */
  encoderWeightsOf: (settings: RunSettings) => string | undefined;
}

/**
 * Trains and scores a point with one seed; interrupted, the same call goes on from the last checkpoint. What it ends with stays in
 * `trial.json`, also that settings cannot be trained, such as a learning rate at which the loss grows beyond all bounds; networks are
 * removed, since `fractura run` trains the best settings again.
 *
 * @returns at once what an earlier call ended with
 * @throws what is not the settings' fault; the signal's reason
 */
export async function runTrial(options: RunTrialOptions): Promise<TrialResult> {
  const { out, record, trial, engine, signal } = options;
  const folder = trialFolder(out, trial);
  return withFolder(folder, async () => {
    const before = await readTrial(out, trial);
    if (before !== undefined) {
      return before;
    }
    const start = Date.now();
    const point = pointsOf(record.plan)[trial.point];
    let result: TrialResult = { ...trial, seconds: 0, engine };
    const work = join(folder, 'work');
    try {
      const folds = await scoreFolds(options, point, work);
      result = { ...result, folds, score: folds.reduce((sum, score) => sum + score, 0) / folds.length };
    } catch (error) {
      if (signal.aborted || !FracturaError.isInstance(error) || !settingsFaults.has(error.code)) {
        throw error;
      }
      result.failed = error.message;
    }
    result.seconds = (Date.now() - start) / 1000;
    await writeTrial(out, result);
    await rm(work, { recursive: true, force: true });
    return result;
  });
}

/** What settings can be at fault for; anything else ends the search. */
const settingsFaults = new Set(['training-diverged', 'fold-empty', 'folds-invalid', 'patch-too-large']);

async function scoreFolds(options: RunTrialOptions, point: Point, work: string): Promise<number[]> {
  const { out, record, trial, encoderWeightsOf, note, progress, signal } = options;
  const { plan } = record;
  const reporting = { note, progress, signal };
  const settings = trialSettings(plan, { point, length: trial.length, defaults: defaultsOf(record) });
  if (plan.target === 'segmentation') {
    return trainSegmentation({
      ...reporting,
      data: dataFolder(out, settings),
      folder: work,
      settings: { ...settings, seed: trial.seed },
      encoderWeights: encoderWeightsOf(settings),
    });
  }
  const study = await openSearchStudy(out, record, { ...reporting, note: () => undefined });
  const { splits, context } = await splitStudy(study, { ...reporting, note: () => undefined, out, settings });
  const films = await classifierFilms(study, splits, { folds: plan.folds, context });
  const samples = await classifierSamples(study, films, { context, settings });
  return trainFoldClassifiers({
    ...reporting,
    films,
    samples,
    folder: work,
    settings,
    encoderWeights: encoderWeightsOf(settings),
    seed: trial.seed,
  });
}

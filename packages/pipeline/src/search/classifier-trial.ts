import { statSync } from 'node:fs';
import { join } from 'node:path';
import { groupNumbers, kFold, type StudySplits } from '@fractura/fracatlas-loader';
import { rocAuc } from '@fractura/metrics';
import type { Reporting } from '@fractura/nnunet';
import { prepareRadiograph } from '@fractura/radiograph';
import { cacheImages, crossValidate, type ClassifierSample } from '@fractura/resnet18-classifier';
import type { RunContext } from '../run/run-context.js';
import type { RunSettings } from '../settings/run-settings.js';
import { classifierPreparation, classifierRecipeOf, classNames } from '../stages/classify.js';
import { readClassifierWeights } from '../stages/classifier-weights.js';
import { drawClassificationSet } from '../stages/draw-classification-set.js';
import type { SearchStudy } from './prepared-data.js';

/** A radiograph of the inner validation. */
interface Film {
  id: string;
  label: 0 | 1;
  group: string;
  /** The inner fold that judges it. */
  fold: number;
}

/**
 * The radiographs that a study's classifiers train and validate on, dealt to inner folds by kind, groups kept together. Those that test
 * the classifiers are left out.
 */
export async function classifierFilms(
  { atlas, damaged }: SearchStudy,
  splits: StudySplits,
  { folds, context }: { folds: number; context: RunContext },
): Promise<Film[]> {
  const set = await drawClassificationSet(atlas, splits, damaged, context);
  const inner = new Set(set.filter(({ part }) => part !== 'test').map(({ file }) => file));
  const records = atlas.records.filter(({ file }) => inner.has(file));
  const { seed } = context.settings;
  const dealt = Object.values(kFold(records, { seed, folds, groups: splits.groups }).parts);
  const groupOf = groupNumbers(splits.groups);
  return records.map(({ file, fractured }) => ({
    id: file,
    label: fractured ? 1 : 0,
    group: String(groupOf.get(file) ?? file),
    fold: dealt.findIndex((files) => files.includes(file)),
  }));
}

/** Radiographs prepared for a classifier, kept in `images` of the data's folder; those that are there are not read again. */
export async function classifierSamples(
  { atlas }: SearchStudy,
  films: readonly Film[],
  { context, settings }: { context: RunContext; settings: RunSettings },
): Promise<ClassifierSample[]> {
  const pathOf = new Map(atlas.records.map(({ file, path }) => [file, path]));
  const preparation = classifierPreparation(settings);
  const task = context.progress('Preparing the radiographs');
  const samples = await cacheImages<ClassifierSample>(
    films.map(({ id, label }) => ({ id, label, image: () => prepareRadiograph(pathOf.get(id)!, preparation) })),
    {
      folder: join(context.paths.out, 'images'),
      signature: ({ id }) => {
        const { size, mtimeMs } = statSync(pathOf.get(id)!);
        return JSON.stringify([preparation, size, mtimeMs]);
      },
      signal: context.signal,
      onProgress: task.update,
    },
  );
  task.finish();
  return samples;
}

export interface ClassifierTrialOptions extends Required<Reporting> {
  films: readonly Film[];
  samples: readonly ClassifierSample[];
  /** Where the trial works. */
  folder: string;
  settings: RunSettings;
  /** File of the encoder's pretrained weights, where there is one. */
  encoderWeights?: string | undefined;
  /** Of weights, order and augmentation. */
  seed: number;
}

/**
 * Trains a classifier for every inner fold, a fifth of whose training films choose its epoch, and lets it judge the fold.
 *
 * @returns the AUC of each fold
 */
export async function trainFoldClassifiers(options: ClassifierTrialOptions): Promise<number[]> {
  const { films, samples, folder, settings, encoderWeights, seed, progress, signal } = options;
  const pretrained = await readClassifierWeights(settings, encoderWeights);
  const folds = [...new Set(films.map(({ fold }) => fold))].sort((a, b) => a - b);
  const task = progress('Training the classifiers of the folds');
  const judged = await crossValidate({
    films,
    samples: new Map([['image', samples]]),
    folds: folds.length,
    seeds: [seed],
    training: {
      network: settings.classifierNetwork,
      recipe: classifierRecipeOf(settings, pretrained !== undefined),
      pretrained,
      epochs: settings.classifierEpochs,
      batchSize: settings.classifierBatch,
      precision: settings.precision,
    },
    classNames: [classNames[0], classNames[1]],
    outputDirectory: folder,
    signal,
    onProgress: ({ done, total, note }) => {
      task.update({ done: Number(done.toFixed(2)), total, note });
    },
  });
  task.finish();
  const probabilities = judged.get('image')!;
  return folds.map((fold) => {
    const own = [...films.keys()].filter((i) => films[i].fold === fold);
    return rocAuc({ labels: own.map((i) => films[i].label), scores: own.map((i) => probabilities[i]) });
  });
}

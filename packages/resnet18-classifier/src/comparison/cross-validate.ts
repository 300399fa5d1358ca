import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeCsv, makeFolder, parseCsv, readTextFile, writeFileBeside } from '@fractura/array-files';
import { deriveSeed } from '@fractura/seeded-random';
import { removeCheckpoint } from '@fractura/tfjs-training/checkpoints';
import type { ClassifierSample } from '../data/classifier-sample.js';
import { loadClassifier } from '../inference/load-classifier.js';
import { trainClassifier } from '../training/train-classifier.js';
import type { TrainClassifierOptions } from '../training/training-options.js';
import { drawFolds } from './draw-folds.js';
import { channelsOf, type FilmInput } from './film-inputs.js';

/** A film to cross-validate on. */
export interface CrossValidatedFilm {
  id: string;
  label: 0 | 1;
  /** Films of one group stay in one fold. */
  group?: string | undefined;
  /** The fold in which it is judged, from 0; all films have one, or none has and folds are drawn for each seed. */
  fold?: number | undefined;
}

export interface CrossValidateOptions {
  films: readonly CrossValidatedFilm[];
  /** For each input a sample of every film, in the order of the films. */
  samples: ReadonlyMap<FilmInput, readonly ClassifierSample[]>;
  folds: number;
  seeds: readonly number[];
  /** How every classifier is trained. */
  training: Pick<
    TrainClassifierOptions,
    'network' | 'recipe' | 'epochs' | 'batchSize' | 'pretrained' | 'precision' | 'workers'
  >;
  classNames: readonly [negative: string, positive: string];
  /** Trainings and predictions are kept here, and taken up from here. */
  outputDirectory: string;
  signal?: AbortSignal | undefined;
  /** Of all trainings. */
  onProgress?: ((progress: { done: number; total: number; note: string }) => void) | undefined;
}

/** Of an input the probability that each film's own fold gives, averaged over the seeds, in the order of the films. */
export type OutOfFoldProbabilities = Map<FilmInput, number[]>;

/** Share of the training films that choose the epoch, the temperature and the operating points. */
const validationFolds = 5;

/**
 * Nested cross-validation: for every seed and fold a classifier of each input is trained on the other folds, a fifth of which choose
 * its epoch and its calibration, and judges the films of the fold, which nothing of it has seen. All inputs have the same folds, the
 * same validation films and the same seed. What is finished is not done again: killed at any moment, the same call goes on.
 *
 * @throws Resnet18ClassifierError `folds-invalid`, and as `trainClassifier`
 */
export async function crossValidate(options: CrossValidateOptions): Promise<OutOfFoldProbabilities> {
  const { films, samples, seeds, folds, onProgress } = options;
  const given = films.every(({ fold }) => fold !== undefined);
  const sums = new Map([...samples.keys()].map((input) => [input, films.map(() => 0)]));
  const rounds = seeds.map((seed) => ({
    seed,
    foldOf: given ? films.map(({ fold }) => fold!) : drawFolds(films, { folds, seed }),
  }));
  const total = rounds.reduce((count, { foldOf }) => count + new Set(foldOf).size * samples.size, 0);
  let done = 0;
  for (const { seed, foldOf } of rounds) {
    for (const fold of [...new Set(foldOf)].sort((a, b) => a - b)) {
      for (const [input, own] of samples) {
        const note = `seed ${seed}, fold ${fold}, ${input}`;
        onProgress?.({ done, total, note });
        const judged = await judgeFold(own, { ...options, input, seed, fold, foldOf }, (share) =>
          onProgress?.({ done: done + share, total, note }),
        );
        films.forEach(({ id }, i) => {
          if (foldOf[i] === fold) {
            sums.get(input)![i] += judged.get(id)! / rounds.length;
          }
        });
        done += 1;
      }
    }
  }
  return sums;
}

interface FoldOptions extends CrossValidateOptions {
  input: FilmInput;
  seed: number;
  fold: number;
  foldOf: readonly number[];
}

/** What a classifier that learned from the other folds says of a fold's films, by id: read where it was written, else found out. */
async function judgeFold(
  samples: readonly ClassifierSample[],
  { films, training, classNames, outputDirectory, input, seed, fold, foldOf, signal }: FoldOptions,
  onShare: (share: number) => void,
): Promise<Map<string, number>> {
  const folder = join(outputDirectory, `seed_${seed}`, `fold_${fold}`, input);
  const file = join(folder, 'predictions.csv');
  const members = films.flatMap((_, i) => (foldOf[i] === fold ? [i] : []));
  if (existsSync(file)) {
    const { rows } = parseCsv(await readTextFile(file));
    const found = new Map(rows.map((row) => [row.file, Number(row.probability)]));
    // Predictions of other films are of another table: they are made anew.
    if (found.size === members.length && members.every((i) => found.has(films[i].id))) {
      return found;
    }
    await rm(folder, { recursive: true, force: true });
  }
  const others = films.flatMap((_, i) => (foldOf[i] === fold ? [] : [i]));
  const inner = drawFolds(
    others.map((i) => films[i]),
    { folds: validationFolds, seed: deriveSeed(seed, fold) },
  );
  await makeFolder(folder);
  const { checkpoint } = await trainClassifier({
    ...training,
    inputChannels: channelsOf(input),
    train: others.filter((_, n) => inner[n] !== 0).map((i) => samples[i]),
    validation: others.filter((_, n) => inner[n] === 0).map((i) => samples[i]),
    classNames,
    seed: deriveSeed(seed, fold, 1),
    outputDirectory: folder,
    signal,
    onProgress: ({ epoch, epochs, done, total, phase }) => {
      onShare((epoch + (phase === 'train' ? (0.9 * done) / total : 0.9)) / epochs);
    },
  });
  const classifier = await loadClassifier(checkpoint);
  try {
    const judged = await classifier.predict(
      members.map((i) => samples[i]),
      { signal },
    );
    await writeFileBeside(
      file,
      encodeCsv([
        ['file', 'label', 'probability'],
        ...judged.map(({ id, probabilities }, n) => [id, films[members[n]].label, probabilities[1]]),
      ]),
    );
    // A hundred megabytes each, of which nothing is needed any more.
    for (const name of ['best', 'final'] as const) {
      await removeCheckpoint(folder, name);
    }
    return new Map(judged.map(({ id, probabilities }) => [id, probabilities[1]]));
  } finally {
    classifier.dispose();
  }
}

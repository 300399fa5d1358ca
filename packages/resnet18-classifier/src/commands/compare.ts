import { join } from 'node:path';
import { makeFolder, refuseOverwrite, withFolder } from '@fractura/array-files';
import { backboneNames } from '@fractura/backbones';
import { defineCommand, parseSize, UsageError } from '@fractura/command-line';
import type { RadiographPreparation } from '@fractura/radiograph';
import { engineOption, precisionOption, startEngine } from '@fractura/tfjs-engine/options';
import { crossValidate } from '../comparison/cross-validate.js';
import { filmInputs } from '../comparison/film-inputs.js';
import { joinScores } from '../comparison/join-scores.js';
import { readFilms } from '../comparison/read-films.js';
import { filmName, readScores, type ScoreTable } from '../comparison/read-scores.js';
import { recipeByName, recipeNames } from '../recipe/recipe-names.js';
import { cacheInputs } from './cache-inputs.js';
import { headings } from './headings.js';
import { pretrainedFor } from './pretrained-weights.js';
import { reportComparison } from './report-comparison.js';

/** `fractura classify compare`: whether a segmentation helps a classifier, by nested cross-validation. */
export const compareCommand = defineCommand({
  ...headings.compare,
  positionals: {},
  options: {
    images: { kind: 'string', describe: 'folder of the films', required: true },
    labels: {
      kind: 'string',
      describe: 'CSV table with the columns file, label, and any of group, fold; others are parts such as view',
      required: true,
    },
    positive: { kind: 'string', describe: 'label of the films that show the sign', required: true },
    out: {
      kind: 'string',
      alias: 'o',
      describe: 'folder for trainings, predictions, comparison.json and judgements.csv; called again, it goes on there',
      required: true,
    },
    inputs: {
      kind: 'strings',
      describe:
        'what classifiers see: the film; beside it the probabilities, a Gaussian at each predicted lesion, or the predicted region enlarged',
      choices: filmInputs,
      default: ['image'],
    },
    maps: {
      kind: 'string',
      describe:
        'folder of NAME.npy or NAME.png: probabilities of networks that have not seen the film; for all inputs but image',
    },
    'lesion-cutoff': {
      kind: 'number',
      minimum: 0,
      maximum: 1,
      describe: 'probability from which on pixels are of a predicted lesion',
      default: 0.1,
    },
    scores: { kind: 'strings', describe: 'further judges of the same films, as `classify fuse` takes them' },
    network: { kind: 'string', describe: 'network to train', choices: backboneNames, default: 'resnet18' },
    pretrained: { kind: 'string', describe: 'as of `classify train`' },
    recipe: { kind: 'string', describe: 'as of `classify train`', choices: recipeNames, default: 'balanced' },
    size: { kind: 'string', describe: 'width x height in pixels that films are resized to', default: '224x224' },
    epochs: { kind: 'integer', minimum: 1, describe: "of each training (default: the recipe's)" },
    batch: { kind: 'integer', minimum: 1, describe: "films at once (default: the recipe's)" },
    folds: { kind: 'integer', minimum: 2, describe: 'folds that are drawn where the table says none', default: 5 },
    seeds: {
      kind: 'integers',
      describe: 'seeds; for each of them folds are drawn and everything is trained',
      default: [0, 1, 2],
    },
    resamples: { kind: 'integer', minimum: 1, describe: 'of the bootstrap by group', default: 2000 },
    workers: { kind: 'integer', minimum: 0, describe: 'threads that prepare batches', default: 1 },
    ...precisionOption,
    ...engineOption,
  },
  examples: [
    [
      '--images radiographs --labels labels.csv --positive fractured --inputs image blob crop --maps maps --scores validation/predictions.json -o question',
      'does the segmentation help? 5 folds, 3 seeds',
    ],
  ],
  run: async (values, context) => {
    const { images, labels, positive, out, maps, scores = [], network, folds, seeds, resamples } = values;
    const { progress, signal, note } = context;
    const inputs = [...new Set(values.inputs)];
    if (maps === undefined && inputs.some((input) => input !== 'image')) {
      throw new UsageError('All inputs but image need --maps, the folder of the probabilities.');
    }
    await refuseOverwrite({
      inputs: [labels, ...scores],
      outputs: ['comparison.json', 'judgements.csv'].map((name) => join(out, name)),
    });
    const { films, classNames } = await readFilms(labels, positive);
    const tables = await Promise.all(scores.map(async (file) => ({ file, table: await readScores(file) })));
    const { width, height } = parseSize(values.size);
    const preparation: RadiographPreparation = { resize: 'bilinear', width, height, channels: 1, depth: 'stored' };
    const pretrained = await pretrainedFor(network, values.pretrained, note);
    const recipe = recipeByName(values.recipe, { pretrained: pretrained !== undefined });
    await startEngine(values, context);
    await makeFolder(out);
    await withFolder(out, async () => {
      const caching = progress('Preparing the films');
      const samples = await cacheInputs(films, {
        inputs,
        images,
        maps,
        preparation,
        cutoff: values.lesionCutoff,
        folder: join(out, 'image-cache'),
        signal,
        onProgress: caching.update,
      });
      caching.finish();
      const task = progress('Cross-validating');
      const judged = await crossValidate({
        films,
        samples,
        folds,
        seeds,
        classNames,
        training: {
          network,
          recipe,
          epochs: values.epochs,
          batchSize: values.batch,
          pretrained,
          precision: values.precision,
          workers: values.workers,
        },
        outputDirectory: out,
        signal,
        onProgress: task.update,
      });
      task.finish();
      const own: ScoreTable = new Map(
        films.map(({ id, label, group, fold, strata }, i) => [
          filmName(id),
          {
            label,
            group,
            fold,
            strata,
            scores: Object.fromEntries([...judged].map(([input, all]) => [input, all[i]])),
          },
        ]),
      );
      const joined = joinScores([{ file: labels, table: own }, ...tables]);
      await reportComparison(joined, { output: out, baseline: undefined, folds, seeds, resamples }, context);
    });
  },
});

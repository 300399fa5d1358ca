import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { backboneNames } from '@fractura/backbones';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand, parseSize, UsageError } from '@fractura/command-line';
import type { RadiographPreparation } from '@fractura/radiograph';
import { engineOption, precisionOption, startEngine } from '@fractura/tfjs-engine/options';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import { cacheImages } from '../data/cache-images.js';
import type { ClassifierSample } from '../data/classifier-sample.js';
import { imageSample } from '../images/image-sample.js';
import { recipeByName, recipeNames } from '../recipe/recipe-names.js';
import { trainClassifier } from '../training/train-classifier.js';
import { signatureOf } from './cache-files.js';
import { headings } from './headings.js';
import { pretrainedFor } from './pretrained-weights.js';
import { classesOf, readLabels } from './read-labels.js';

/** `fractura classify train`: a table of labelled images to a trained classifier. */
export const trainCommand = defineCommand({
  ...headings.train,
  positionals: {},
  options: {
    images: { kind: 'string', describe: 'folder of the images', required: true },
    labels: {
      kind: 'string',
      describe: 'CSV table with the columns file, label, split (train, val; rows of test are not touched)',
      required: true,
    },
    out: { kind: 'string', alias: 'o', describe: 'folder for the checkpoints and curves', required: true },
    classes: { kind: 'strings', describe: 'labels in the order of their indices (default: sorted)' },
    network: { kind: 'string', describe: 'network to train', choices: backboneNames, default: 'resnet18' },
    pretrained: {
      kind: 'string',
      describe:
        "weights to begin with: imagenet (from the cache, see `weights fetch`), none, or a file such as torchvision's .pth (default: imagenet where it is in the cache)",
    },
    recipe: {
      kind: 'string',
      describe:
        'balanced: even classes, AdamW, averaged weights, best epoch by AUC; original: the first study’s; plain: Adam, best epoch by loss',
      choices: recipeNames,
      default: 'balanced',
    },
    size: { kind: 'string', describe: 'width x height in pixels that images are resized to', default: '224x224' },
    channels: { kind: 'number', describe: '1 for grey, 3 for colour', choices: [1, 3], default: 1 },
    epochs: { kind: 'integer', minimum: 1, describe: "passes over the training images (default: the recipe's)" },
    batch: { kind: 'integer', minimum: 1, describe: "images at once (default: the recipe's)" },
    'learning-rate': { kind: 'number', exclusiveMinimum: 0, describe: "largest (default: the recipe's)" },
    'weight-decay': { kind: 'number', minimum: 0, describe: "pull of the weights towards 0 (default: the recipe's)" },
    'frozen-stride': {
      kind: 'integer',
      minimum: 0,
      describe: 'stages down to this stride are not trained (default of balanced: 4 with pretrained weights, else 0)',
    },
    augment: { kind: 'boolean', describe: 'change training images at random (--no-augment for none)', default: true },
    sensitivity: {
      kind: 'number',
      minimum: 0,
      maximum: 1,
      describe: 'sensitivity that an operating point is to have',
      default: 0.9,
    },
    specificity: {
      kind: 'number',
      minimum: 0,
      maximum: 1,
      describe: 'specificity that an operating point is to have',
      default: 0.9,
    },
    'image-cache': {
      kind: 'string',
      describe: 'folder for the prepared images, kept for other trainings (default: in --out, removed at the end)',
    },
    workers: { kind: 'integer', minimum: 0, describe: 'threads that prepare batches', default: 1 },
    seed: { kind: 'integer', minimum: 0, describe: 'of initial weights, order and augmentation', default: 0 },
    ...precisionOption,
    ...engineOption,
  },
  examples: [
    ['--images radiographs --labels labels.csv --out classifier', 'trains a ResNet-18'],
    [
      '--images radiographs --labels labels.csv --out lite --network efficientnet-lite0 --pretrained imagenet',
      'begins with the weights that `fractura weights fetch efficientnet-lite0` has fetched',
    ],
    [
      '--images radiographs --labels labels.csv --out c50 --network resnet50 --recipe original --channels 3',
      'a deeper network by the recipe of the first study',
    ],
  ],
  run: async (values, context) => {
    const { print, note, progress, signal, json } = context;
    const { images, labels, classes, network, channels, seed, out, recipe: recipeName } = values;
    const { learningRate, weightDecay, frozenStride } = values;
    requireFittingOptions(values);
    const checkpoints = (['best', 'latest', 'final'] as const).map((name) => checkpointFile(out, name));
    const isFile = values.pretrained !== undefined && !['imagenet', 'none'].includes(values.pretrained);
    await refuseOverwrite({
      inputs: [labels, isFile ? values.pretrained : undefined],
      outputs: [
        ...checkpoints.flatMap((file) => [file, file.replace(/safetensors$/, 'json')]),
        join(out, 'curves.csv'),
        join(out, 'curves.svg'),
      ],
    });
    const rows = (await readLabels(labels)).filter(({ split }) => split !== 'test');
    const classNames = classesOf(rows, classes);
    const { width, height } = parseSize(values.size);
    const preparation: RadiographPreparation = { resize: 'bilinear', width, height, channels, depth: 'stored' };
    const pretrained = await pretrainedFor(network, values.pretrained, note);
    const named = recipeByName(recipeName, {
      pretrained: pretrained !== undefined,
      learningRate,
      weightDecay,
      frozenStride,
    });
    const recipe = values.augment ? named : { ...named, augmentation: 'none' as const };
    const epochs = values.epochs ?? recipe.epochs;

    await startEngine(values, context);
    const cacheFolder = values.imageCache ?? join(out, 'image-cache');
    const caching = progress('Preparing the images');
    const cached = await cacheImages<ClassifierSample>(
      rows.map(({ file, label }) => ({
        ...imageSample(images, file, preparation, note),
        label: classNames.indexOf(label),
      })),
      { folder: cacheFolder, signature: signatureOf(images, preparation), signal, onProgress: caching.update },
    );
    caching.finish();
    const task = progress('Training');
    const trained = await trainClassifier({
      train: cached.filter((_, i) => rows[i].split === 'train'),
      validation: cached.filter((_, i) => rows[i].split === 'val'),
      classNames,
      network,
      inputChannels: channels,
      preparation,
      recipe,
      epochs,
      batchSize: values.batch,
      seed,
      outputDirectory: out,
      signal,
      precision: values.precision,
      pretrained,
      operatingPoints: { sensitivity: values.sensitivity, specificity: values.specificity },
      workers: values.workers,
      onProgress: ({ epoch, phase, done, total, loss, accuracy }) => {
        task.update({
          done: epoch + (phase === 'train' ? (0.9 * done) / total : 0.9 + (0.1 * done) / total),
          total: epochs,
          note: `${phase}: loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`,
        });
      },
    });
    task.finish();
    if (values.imageCache === undefined) {
      await rm(cacheFolder, { recursive: true, force: true });
    }
    const kept = trained.log[trained.bestEpoch];
    const auc = kept.validationAuc === null ? '' : `, AUC ${kept.validationAuc.toFixed(4)}`;
    note(
      `The weights are those of epoch ${trained.bestEpoch + 1} of ${epochs}: validation loss ${kept.validationLoss.toFixed(4)}, ` +
        `accuracy ${kept.validationAccuracy.toFixed(4)}${auc}.`,
    );
    print(json ? trained : trained.checkpoint);
  },
});

interface RecipeValues {
  recipe: (typeof recipeNames)[number];
  learningRate: number | undefined;
  weightDecay: number | undefined;
  frozenStride: number | undefined;
}

/** @throws UsageError for an option that the recipe has no use for */
function requireFittingOptions({ recipe, learningRate, weightDecay, frozenStride }: RecipeValues): void {
  if (recipe === 'original' && (learningRate ?? weightDecay) !== undefined) {
    throw new UsageError('--learning-rate and --weight-decay are not for --recipe original, which is what it was.');
  }
  if (recipe !== 'balanced' && frozenStride !== undefined) {
    throw new UsageError('--frozen-stride is for --recipe balanced.');
  }
}

import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand, parseSize } from '@fractura/command-line';
import type { RadiographPreparation } from '@fractura/radiograph';
import { engineOption, precisionOption, startEngine } from '@fractura/tfjs-engine/commands';
import { checkpointFile } from '@fractura/tfjs-training/checkpoints';
import type { ClassifierSample } from '../data/classifier-sample.js';
import { imageSample } from '../images/image-sample.js';
import { resnetDepths } from '@fractura/backbones';
import { trainClassifier } from '../training/train-classifier.js';
import { classesOf, readLabels, type Split } from './read-labels.js';
import { batchOption } from './shared.js';

/** `fractura classify train`: a table of labelled images to a trained classifier. */
export const trainCommand = defineCommand({
  name: 'train',
  summary: 'Trains a ResNet on the labelled images of a table; called again, it goes on where it was interrupted.',
  positionals: {},
  options: {
    images: { kind: 'string', describe: 'folder of the images', required: true },
    labels: {
      kind: 'string',
      describe: 'CSV table with the columns file, label, split (train, val, test)',
      required: true,
    },
    out: { kind: 'string', alias: 'o', describe: 'folder for the checkpoints', required: true },
    classes: { kind: 'strings', describe: 'labels in the order of their indices (default: sorted)' },
    size: { kind: 'string', describe: 'width x height in pixels that images are resized to', default: '224x224' },
    channels: { kind: 'number', describe: '1 for grey, 3 for colour', choices: [1, 3], default: 1 },
    depth: { kind: 'number', describe: 'layers of the ResNet', choices: resnetDepths, default: 18 },
    epochs: { kind: 'integer', minimum: 1, describe: 'passes over the training images', default: 20 },
    ...batchOption,
    'learning-rate': {
      kind: 'number',
      exclusiveMinimum: 0,
      describe: 'at the beginning (default: 0.001 for adam, 0.01 for sgd)',
    },
    schedule: { kind: 'string', describe: 'how it falls', choices: ['cosine', 'constant', 'step'], default: 'cosine' },
    'step-size': { kind: 'integer', minimum: 1, describe: 'epochs between steps of the step schedule', default: 10 },
    optimizer: { kind: 'string', describe: 'rule of descent', choices: ['adam', 'sgd'], default: 'adam' },
    'weight-decay': { kind: 'number', describe: 'pull of the weights towards 0', default: 0 },
    augment: { kind: 'boolean', describe: 'flip and shift training images (--no-augment for none)', default: true },
    pretrained: { kind: 'string', describe: "weights to begin with, such as torchvision's .pth" },
    seed: { kind: 'integer', minimum: 0, describe: 'of initial weights, order and augmentation', default: 0 },
    ...precisionOption,
    ...engineOption,
  },
  examples: [
    ['--images radiographs --labels labels.csv --out classifier', 'trains a ResNet-18 for 20 epochs'],
    [
      '--images radiographs --labels labels.csv --out c50 --depth 50 --size 128x128 --epochs 5',
      'a deeper one, smaller',
    ],
  ],
  run: async (values, context) => {
    const { print, note, progress, signal, json } = context;
    const { images, labels, classes, depth, channels, epochs, learningRate, pretrained, seed, weightDecay } = values;
    const checkpoints = (['best', 'latest', 'final'] as const).map((name) => checkpointFile(values.out, name));
    await refuseOverwrite({
      inputs: [labels, pretrained],
      outputs: checkpoints.flatMap((file) => [file, file.replace(/safetensors$/, 'json')]),
    });
    const rows = await readLabels(labels);
    const classNames = classesOf(rows, classes);
    const { width, height } = parseSize(values.size);
    const preparation: RadiographPreparation = { resize: 'bilinear', width, height, channels, depth: 'stored' };
    const inSplit = (split: Split): ClassifierSample[] =>
      rows
        .filter((row) => row.split === split)
        .map(({ file, label }) => ({ ...imageSample(images, file, preparation), label: classNames.indexOf(label) }));
    await startEngine(values, context);
    const task = progress('Training');
    const trained = await trainClassifier({
      train: inSplit('train'),
      validation: inSplit('val'),
      classNames,
      inputChannels: channels,
      preparation,
      epochs,
      seed,
      batchSize: values.batch,
      weightDecay,
      outputDirectory: values.out,
      signal,
      depth,
      precision: values.precision,
      optimizer: values.optimizer,
      schedule: values.schedule === 'step' ? { stepSize: values.stepSize } : values.schedule,
      augmentation: values.augment ? undefined : 'none',
      learningRate,
      pretrained,
      onProgress: ({ epoch, phase, done, total, loss, accuracy }) => {
        task.update({
          done: epoch + (phase === 'train' ? (0.9 * done) / total : 0.9 + (0.1 * done) / total),
          total: epochs,
          note: `${phase}: loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`,
        });
      },
    });
    task.finish();
    const best = trained.log[trained.bestEpoch];
    note(
      `Best in epoch ${trained.bestEpoch + 1} of ${epochs}: validation loss ${best.validationLoss.toFixed(4)}, accuracy ${best.validationAccuracy.toFixed(4)}.`,
    );
    print(json ? trained : trained.checkpoint);
  },
});

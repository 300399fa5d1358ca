import { join } from 'node:path';
import { makeFolder, refuseOverwrite, writeFileBeside } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { engineOption, startEngine } from '@fractura/tfjs-engine/options';
import { Resnet18ClassifierError } from '../errors.js';
import { evaluatePredictions } from '../evaluation/evaluate-predictions.js';
import { evaluationLines, reliabilityCsv, reliabilitySvg } from '../evaluation/evaluation-text.js';
import { recordTestUse } from '../evaluation/test-log.js';
import { imageSample } from '../images/image-sample.js';
import { requirePreparation } from '../images/require-preparation.js';
import { loadClassifier } from '../inference/load-classifier.js';
import { headings } from './headings.js';
import { operatingPointOf, operatingPointOption } from './operating-point.js';
import { classesOf, readLabels, splits } from './read-labels.js';
import { batchOption, modelOption } from './shared.js';

/** `fractura classify evaluate`: how well a classifier does on the labelled images of a split. */
export const evaluateCommand = defineCommand({
  ...headings.evaluate,
  positionals: {},
  options: {
    ...modelOption,
    images: { kind: 'string', describe: 'folder of the images', required: true },
    labels: { kind: 'string', describe: 'CSV table with the columns file, label, split', required: true },
    split: { kind: 'string', describe: 'rows of the table to take', choices: splits, default: 'test' },
    output: {
      kind: 'string',
      alias: 'o',
      describe: 'folder for evaluation.json and the reliability curve (reliability.csv, reliability.svg)',
    },
    ...operatingPointOption,
    ...batchOption,
    ...engineOption,
  },
  examples: [
    ['-m classifier --images radiographs --labels labels.csv', 'evaluates on the test images'],
    [
      '-m classifier --images radiographs --labels labels.csv --operating-point sensitivity -o evaluation',
      'at the sensitivity that training was told to want',
    ],
  ],
  run: async ({ model, images, labels: table, split, output, operatingPoint, batch, engine }, context) => {
    const { print, note, progress, signal, json } = context;
    const rows = (await readLabels(table)).filter((row) => row.split === split);
    if (rows.length === 0) {
      throw new Resnet18ClassifierError(`${table} has no rows of the split ${split}.`, {
        code: 'set-empty',
        remedy: 'Name another split with --split.',
      });
    }
    const files = ['evaluation.json', 'reliability.csv', 'reliability.svg'];
    await refuseOverwrite({
      inputs: [model, table, ...rows.map(({ file }) => join(images, file))],
      outputs: output === undefined ? [] : files.map((name) => join(output, name)),
    });
    await startEngine({ engine }, context);
    const classifier = await loadClassifier(model);
    const classNames = classesOf(rows, classifier.classNames);
    const point = operatingPointOf(classifier, operatingPoint);
    const preparation = requirePreparation(classifier);
    const samples = rows.map(({ file }) => imageSample(images, file, preparation, note));
    const task = progress('Evaluating');
    const predicted = await classifier.predict(samples, { batchSize: batch, signal, onProgress: task.update });
    task.finish();
    classifier.dispose();
    const evaluation = evaluatePredictions({
      labels: rows.map(({ label }) => classNames.indexOf(label)),
      probabilities: predicted.map(({ probabilities }) => probabilities),
      classNames,
      operatingPoint: point,
    });
    if (output !== undefined) {
      await makeFolder(output);
      await writeFileBeside(join(output, 'evaluation.json'), `${JSON.stringify(evaluation, undefined, 2)}\n`);
      await writeFileBeside(join(output, 'reliability.csv'), reliabilityCsv(evaluation));
      await writeFileBeside(join(output, 'reliability.svg'), reliabilitySvg(evaluation));
    }
    if (split === 'test') {
      const { images: count, accuracy, auc } = evaluation;
      const use = { at: new Date().toISOString(), images: count, accuracy: accuracy.value, auc: auc?.value };
      const earlier = await recordTestUse(model, use);
      if (earlier.length > 0) {
        note(
          `The test images of this classifier were judged before (${earlier.length} times, last ${earlier.at(-1)!.at}): ` +
            'choose by validation images, and judge the test images once.',
        );
      }
    }
    if (json) {
      print(evaluation);
    } else {
      for (const line of evaluationLines(evaluation)) {
        print(line);
      }
    }
  },
});

import { defineCommand } from '@fractura/command-line';
import { engineOption, startEngine } from '@fractura/tfjs-engine/commands';
import {
  balancedAccuracy,
  confusionMatrix,
  delongInterval,
  matthewsCorrelation,
  precisionRecall,
  wilsonInterval,
  type Interval,
} from '@fractura/metrics';
import { Resnet18ClassifierError } from '../errors.js';
import { imageSample } from '../images/image-sample.js';
import { requirePreparation } from '../images/require-preparation.js';
import { loadClassifier } from '../inference/load-classifier.js';
import { classesOf, readLabels, splits } from './read-labels.js';
import { batchOption, modelOption } from './shared.js';

/** `fractura classify evaluate`: how well a classifier does on the labelled images of a split. */
export const evaluateCommand = defineCommand({
  name: 'evaluate',
  summary: 'Compares a classifier with the labels of a table: accuracy, AUC and more, with 95 % intervals.',
  positionals: {},
  options: {
    ...modelOption,
    images: { kind: 'string', describe: 'folder of the images', required: true },
    labels: { kind: 'string', describe: 'CSV table with the columns file, label, split', required: true },
    split: { kind: 'string', describe: 'rows of the table to take', choices: splits, default: 'test' },
    ...batchOption,
    ...engineOption,
  },
  examples: [['-m classifier --images radiographs --labels labels.csv', 'evaluates on the test images']],
  run: async ({ model, images, labels: table, split, batch, engine }, context) => {
    const { print, progress, signal, json } = context;
    const rows = (await readLabels(table)).filter((row) => row.split === split);
    if (rows.length === 0) {
      throw new Resnet18ClassifierError(`${table} has no rows of the split ${split}.`, {
        code: 'set-empty',
        remedy: 'Name another split with --split.',
      });
    }
    await startEngine({ engine }, context);
    const classifier = await loadClassifier(model);
    const classNames = classesOf(rows, classifier.classNames);
    const preparation = requirePreparation(classifier);
    const samples = rows.map(({ file }) => imageSample(images, file, preparation));
    const task = progress('Evaluating');
    const predicted = await classifier.predict(samples, { batchSize: batch, signal, onProgress: task.update });
    task.finish();
    classifier.dispose();
    const labels = rows.map(({ label }) => classNames.indexOf(label));
    const evaluation = evaluate(
      labels,
      predicted.map(({ probabilities }) => probabilities),
      classNames,
    );
    if (json) {
      print(evaluation);
    } else {
      for (const line of linesOf(evaluation)) {
        print(line);
      }
    }
  },
});

/** What `classify evaluate --json` prints. */
interface Evaluation {
  classNames: readonly string[];
  images: number;
  accuracy: Interval;
  balancedAccuracy: number;
  matthewsCorrelation: number;
  macroF1: number;
  /** Row the label, column the prediction. */
  confusionMatrix: number[][];
  /** Of the second class, where there are two. */
  auc?: Interval;
}

function evaluate(labels: number[], probabilities: number[][], classNames: readonly string[]): Evaluation {
  const predictions = probabilities.map((each) => each.indexOf(Math.max(...each)));
  const classified = { labels, predictions, classes: classNames.map((_, index) => index) };
  const right = labels.filter((label, i) => label === predictions[i]).length;
  return {
    classNames,
    images: labels.length,
    accuracy: wilsonInterval({ successes: right, trials: labels.length }),
    balancedAccuracy: balancedAccuracy(classified),
    matthewsCorrelation: matthewsCorrelation(classified),
    macroF1: precisionRecall(classified).macro.fScore,
    confusionMatrix: confusionMatrix(classified),
    auc:
      classNames.length === 2 ? delongInterval({ labels, scores: probabilities.map(([, score]) => score) }) : undefined,
  };
}

function* linesOf({ classNames, images, accuracy, auc, ...rest }: Evaluation): Generator<string> {
  const show = ({ value, lower, upper }: Interval) =>
    `${value.toFixed(4)} (${lower.toFixed(4)} to ${upper.toFixed(4)})`;
  yield `images             ${images}`;
  yield `accuracy           ${show(accuracy)}`;
  if (auc) {
    yield `AUC                ${show(auc)}`;
  }
  yield `balanced accuracy  ${rest.balancedAccuracy.toFixed(4)}`;
  yield `macro F1           ${rest.macroF1.toFixed(4)}`;
  yield `Matthews           ${rest.matthewsCorrelation.toFixed(4)}`;
  for (const [i, row] of rest.confusionMatrix.entries()) {
    yield `labelled ${classNames[i]}: ${row.map((count, j) => `${count} as ${classNames[j]}`).join(', ')}`;
  }
}

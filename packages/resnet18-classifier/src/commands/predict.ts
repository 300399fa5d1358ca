import { join } from 'node:path';
import { encodeCsv, refuseOverwrite, writeFileBeside } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { findImages } from '@fractura/radiograph';
import { engineOption, startEngine } from '@fractura/tfjs-engine/options';
import { imageSample } from '../images/image-sample.js';
import { requirePreparation } from '../images/require-preparation.js';
import { loadClassifier } from '../inference/load-classifier.js';
import { decide } from '../calibration/decide.js';
import { headings } from './headings.js';
import { operatingPointOf, operatingPointOption } from './operating-point.js';
import { batchOption, modelOption } from './shared.js';

/** `fractura classify predict`: images to a table of probabilities. */
export const predictCommand = defineCommand({
  ...headings.predict,
  positionals: {},
  options: {
    ...modelOption,
    input: { kind: 'string', alias: 'i', describe: 'folder of images, or one image', required: true },
    output: { kind: 'string', alias: 'o', describe: 'CSV table to write (default: standard output)' },
    ...operatingPointOption,
    ...batchOption,
    ...engineOption,
  },
  examples: [
    [
      '-m classifier -i radiographs -o probabilities.csv',
      'columns: file, the calibrated probability of each class by its name, and the predicted class',
    ],
  ],
  run: async ({ model, input, output, operatingPoint, batch, engine }, context) => {
    const { print, note, progress, signal, json } = context;
    const { folder, files } = await findImages(input);
    await refuseOverwrite({ inputs: [model, ...files.map((file) => join(folder, file))], outputs: [output] });
    await startEngine({ engine }, context);
    const classifier = await loadClassifier(model);
    const point = operatingPointOf(classifier, operatingPoint);
    const preparation = requirePreparation(classifier);
    const samples = files.map((file) => imageSample(folder, file, preparation, note));
    const task = progress('Predicting');
    const predictions = await classifier.predict(samples, { batchSize: batch, signal, onProgress: task.update });
    task.finish();
    classifier.dispose();
    const { classNames } = classifier;
    const judged = predictions.map(({ id, probabilities }) => ({
      file: id,
      probabilities,
      predicted: classNames[decide(probabilities, point)],
    }));
    const table = tableOf(judged, classNames);
    if (output !== undefined) {
      await writeFileBeside(output, table, { signal });
    }
    if (json) {
      print(judged.map(({ probabilities, ...rest }) => ({ ...rest, probabilities: named(probabilities, classNames) })));
    } else {
      print(output ?? table.trimEnd());
    }
  },
});

interface JudgedFile {
  file: string;
  probabilities: readonly number[];
  predicted: string;
}

/** `file`, a column for each class by its name, and `predicted`. */
const tableOf = (judged: readonly JudgedFile[], classNames: readonly string[]): string =>
  encodeCsv([
    ['file', ...classNames, 'predicted'],
    ...judged.map(({ file, probabilities, predicted }) => [file, ...probabilities, predicted]),
  ]);

const named = (probabilities: readonly number[], classNames: readonly string[]): Record<string, number> =>
  Object.fromEntries(classNames.map((name, index) => [name, probabilities[index]]));

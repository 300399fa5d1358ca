import { join } from 'node:path';
import { encodeCsv, refuseOverwrite, writeFileBeside } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { findImages } from '@fractura/radiograph';
import { engineOption, startEngine } from '@fractura/tfjs-engine/commands';
import { imageSample } from '../images/image-sample.js';
import { requirePreparation } from '../images/require-preparation.js';
import { loadClassifier, type Prediction } from '../inference/load-classifier.js';
import { batchOption, modelOption } from './shared.js';

/** `fractura classify predict`: images to a table of probabilities. */
export const predictCommand = defineCommand({
  name: 'predict',
  summary: 'Writes the class probabilities of images to a CSV table.',
  positionals: {},
  options: {
    ...modelOption,
    input: { kind: 'string', alias: 'i', describe: 'folder of images, or one image', required: true },
    output: { kind: 'string', alias: 'o', describe: 'CSV table to write (default: standard output)' },
    ...batchOption,
    ...engineOption,
  },
  examples: [
    [
      '-m classifier -i radiographs -o probabilities.csv',
      'columns: file, and the probability of each class by its name',
    ],
  ],
  run: async ({ model, input, output, batch, engine }, context) => {
    const { print, progress, signal, json } = context;
    const { folder, files } = await findImages(input);
    await refuseOverwrite({ inputs: [model, ...files.map((file) => join(folder, file))], outputs: [output] });
    await startEngine({ engine }, context);
    const classifier = await loadClassifier(model);
    const preparation = requirePreparation(classifier);
    const samples = files.map((file) => imageSample(folder, file, preparation));
    const task = progress('Predicting');
    const predictions = await classifier.predict(samples, { batchSize: batch, signal, onProgress: task.update });
    task.finish();
    classifier.dispose();
    const { classNames } = classifier;
    const table = tableOf(predictions, classNames);
    if (output !== undefined) {
      await writeFileBeside(output, table, { signal });
    }
    if (json) {
      print(
        predictions.map(({ id, probabilities }) => ({ file: id, probabilities: named(probabilities, classNames) })),
      );
    } else {
      print(output ?? table.trimEnd());
    }
  },
});

/** `file`, and a column for each class by its name. */
const tableOf = (predictions: readonly Prediction[], classNames: readonly string[]): string =>
  encodeCsv([['file', ...classNames], ...predictions.map(({ id, probabilities }) => [id, ...probabilities])]);

const named = (probabilities: readonly number[], classNames: readonly string[]): Record<string, number> =>
  Object.fromEntries(classNames.map((name, index) => [name, probabilities[index]]));

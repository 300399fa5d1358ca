import { writeFileBeside } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { findImages } from '@fractura/radiograph';
import { engineOption, startEngine } from '@fractura/tfjs-engine/commands';
import { stringify } from 'csv-stringify/sync';
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
  examples: [['-m classifier -i radiographs -o probabilities.csv', 'columns: file, probability']],
  run: async ({ model, input, output, batch, engine }, context) => {
    const { print, progress, signal, json } = context;
    const { folder, files } = await findImages(input);
    await startEngine({ engine }, context);
    const classifier = await loadClassifier(model);
    const preparation = requirePreparation(classifier);
    const samples = files.map((file) => imageSample(folder, file, preparation));
    const task = progress('Predicting');
    const predictions = await classifier.predict(samples, { batchSize: batch, signal, onProgress: task.update });
    task.finish();
    classifier.dispose();
    const table = tableOf(predictions, classifier.classNames);
    if (output !== undefined) {
      await writeFileBeside(output, table, { signal });
    }
    if (json) {
      print(predictions);
    } else {
      print(output ?? table.trimEnd());
    }
  },
});

/** With two classes the probability of the second, as `file,probability`; else a column for each class. */
function tableOf(predictions: readonly Prediction[], classNames: readonly string[]): string {
  const isBinary = classNames.length === 2;
  return stringify([
    ['file', ...(isBinary ? ['probability'] : classNames)],
    ...predictions.map(({ id, probabilities }) => [id, ...(isBinary ? [probabilities[1]] : probabilities)]),
  ]);
}

import { existsSync } from 'node:fs';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand, UsageError } from '@fractura/command-line';
import { joinPath } from '@fractura/python-compat';
import { evaluateFolder } from '../evaluation/evaluate-folder.js';
import { headings } from './headings.js';
import { ignoredOptions } from './ignored-options.js';
import { inputFiles } from './input-files.js';

/** `fractura evaluate`: nnU-Net's summary.json of a folder of predictions. */
export const evaluateCommand = defineCommand({
  ...headings.evaluate,
  positionals: {
    references: { kind: 'string', describe: 'folder of reference segmentations', required: true },
    predictions: { kind: 'string', describe: 'folder of predicted ones, under the same names', required: true },
  },
  options: {
    djfile: {
      kind: 'string',
      describe: 'dataset.json that says which labels there are (default: the one in the folder of predictions)',
    },
    labels: { kind: 'numbers', alias: 'l', describe: 'labels (instead of --djfile)' },
    'ignore-label': { kind: 'number', alias: 'il', describe: 'reference label whose voxels do not count, with -l' },
    ending: { kind: 'string', describe: 'file ending, with -l (default: the one in the folder)' },
    output: { kind: 'string', alias: 'o', describe: 'where to (default: summary.json in the folder of predictions)' },
    extended: {
      kind: 'boolean',
      describe: 'add surface distances, boundary IoU and 95 % intervals, under "extended"',
      default: false,
    },
    chill: { kind: 'boolean', describe: 'accept references without a prediction', default: false },
    strict: { kind: 'boolean', describe: 'refuse what is otherwise warned of', default: false },
    ...ignoredOptions('np', 'pfile'),
  },
  examples: [
    ['labelsTs predictions --djfile dataset.json --pfile nnUNetPlans.json', 'as nnUNetv2_evaluate_folder'],
    ['labelsTs predictions -l 1 2 -il 3', 'as nnUNetv2_evaluate_simple'],
    ['labelsTs predictions -l 1 --extended', 'adds distances and intervals'],
  ],
  run: async (values, { note, print, json, signal, progress }) => {
    const { references, predictions, djfile, labels, ignoreLabel, ending, chill, extended, strict } = values;
    const output = values.output ?? joinPath(predictions, 'summary.json');
    if (labels === undefined && djfile === undefined && !existsSync(joinPath(predictions, 'dataset.json'))) {
      throw new UsageError(`Which labels to compare is not known: ${predictions} has no dataset.json.`, {
        remedy: 'Give --djfile dataset.json, or -l with the labels.',
      });
    }
    const read = [...(await inputFiles(references)), ...(await inputFiles(predictions)), djfile];
    await refuseOverwrite({ inputs: read, outputs: [output] });
    const {
      summary,
      extended: measures,
      warnings,
    } = await evaluateFolder({
      references,
      predictions,
      labels: djfile === undefined ? labels : undefined,
      ignoreLabel,
      fileEnding: ending,
      datasetJson: djfile,
      allowMissing: chill,
      extended,
      strict,
      output,
      note,
      progress,
      signal,
    });
    print(json ? { ...summary, extended: measures, warnings } : output);
  },
});

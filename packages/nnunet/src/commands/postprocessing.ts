import { defineCommand } from '@fractura/command-line';
import { joinPath } from '@fractura/python-compat';
import { applyPostprocessing } from '../postprocessing/apply-postprocessing.js';
import { determinePostprocessing } from '../postprocessing/determine-postprocessing.js';
import { ignoredOptions } from './ignored-options.js';

const datasetJson = {
  kind: 'string',
  describe: 'dataset.json of the data set (default: the one in the input folder)',
} as const;
const plansJson = {
  kind: 'string',
  describe: 'plans file; accepted for nnU-Net’s sake, the files tell how to read them',
} as const;

/** `fractura determine-postprocessing`: whether keeping largest components helps. */
export const determinePostprocessingCommand = defineCommand({
  name: 'determine-postprocessing',
  summary: 'Finds out whether keeping only the largest components improves predictions, and writes it down.',
  positionals: {},
  options: {
    input: { kind: 'string', alias: 'i', describe: 'folder of predictions', required: true },
    references: { kind: 'string', alias: 'ref', describe: 'folder of the true labels', required: true },
    'plans-json': plansJson,
    'dataset-json': datasetJson,
    'remove-postprocessed': { kind: 'boolean', describe: 'do not keep the postprocessed labels', default: false },
    ...ignoredOptions('np'),
  },
  examples: [['-i predictions -ref labelsTr', 'writes postprocessing.json and .pkl into predictions']],
  run: async (values, { print, note, progress, signal, json }) => {
    const { steps, before, after } = await determinePostprocessing({
      predictions: values.input,
      references: values.references,
      datasetJson: values.datasetJson,
      keepPostprocessed: !values.removePostprocessed,
      note,
      progress,
      signal,
    });
    const dice = { before: before.foreground_mean.Dice, after: after.foreground_mean.Dice };
    print(json ? { steps, dice } : joinPath(values.input, 'postprocessing.json'));
  },
});

/** `fractura apply-postprocessing`: does what was determined. */
export const applyPostprocessingCommand = defineCommand({
  name: 'apply-postprocessing',
  summary: 'Postprocesses a folder of predictions as determined before.',
  positionals: {},
  options: {
    input: { kind: 'string', alias: 'i', describe: 'folder of predictions', required: true },
    output: { kind: 'string', alias: 'o', describe: 'folder for the postprocessed labels', required: true },
    'pp-pkl-file': {
      kind: 'string',
      alias: ['postprocessing'],
      describe: 'postprocessing.json or postprocessing.pkl, ours or nnU-Net’s (default: the one in the input folder)',
    },
    'plans-json': plansJson,
    'dataset-json': datasetJson,
    ...ignoredOptions('np'),
  },
  examples: [['-i predictions -o postprocessed -pp_pkl_file postprocessing.pkl', 'as nnUNetv2_apply_postprocessing']],
  run: async ({ input, output, ppPklFile, datasetJson: file }, { print, progress, signal, json }) => {
    const applied = await applyPostprocessing({ input, output, steps: ppPklFile, datasetJson: file, progress, signal });
    print(json ? { output, ...applied } : output);
  },
});

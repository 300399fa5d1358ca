import { basename, join } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { joinPath } from '@fractura/python-compat';
import { applyPostprocessing } from '../postprocessing/apply-postprocessing.js';
import { determinePostprocessing } from '../postprocessing/determine-postprocessing.js';
import { headings } from './headings.js';
import { ignoredOptions } from './ignored-options.js';
import { inputFiles } from './input-files.js';

const datasetJson = {
  kind: 'string',
  describe: 'dataset.json of the data set (default: the one in the input folder)',
} as const;

/** `fractura determine-postprocessing`: whether keeping largest components helps. */
export const determinePostprocessingCommand = defineCommand({
  ...headings.determinePostprocessing,
  positionals: {},
  options: {
    input: { kind: 'string', alias: 'i', describe: 'folder of predictions', required: true },
    references: { kind: 'string', alias: 'ref', describe: 'folder of the true labels', required: true },
    'dataset-json': datasetJson,
    'remove-postprocessed': { kind: 'boolean', describe: 'do not keep the postprocessed labels', default: false },
    ...ignoredOptions('np', 'plans-json'),
  },
  examples: [['-i predictions -ref labelsTr', 'writes postprocessing.json and .pkl into predictions']],
  run: async (values, { print, note, progress, signal, json }) => {
    const read = [...(await inputFiles(values.input)), ...(await inputFiles(values.references)), values.datasetJson];
    const postprocessed = (await inputFiles(values.input)).map((file) =>
      join(values.input, 'postprocessed', basename(file)),
    );
    await refuseOverwrite({ inputs: read, outputs: postprocessed });
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
  ...headings.applyPostprocessing,
  positionals: {},
  options: {
    input: { kind: 'string', alias: 'i', describe: 'folder of predictions', required: true },
    output: { kind: 'string', alias: 'o', describe: 'folder for the postprocessed labels', required: true },
    'pp-pkl-file': {
      kind: 'string',
      alias: ['postprocessing'],
      describe: 'postprocessing.json or postprocessing.pkl, ours or nnU-Net’s (default: the one in the input folder)',
    },
    'dataset-json': datasetJson,
    ...ignoredOptions('np', 'plans-json'),
  },
  examples: [['-i predictions -o postprocessed -pp_pkl_file postprocessing.pkl', 'as nnUNetv2_apply_postprocessing']],
  run: async ({ input, output, ppPklFile, datasetJson: file }, { print, progress, signal, json }) => {
    const labels = await inputFiles(input);
    await refuseOverwrite({
      inputs: [...labels, ppPklFile, file],
      outputs: labels.map((each) => join(output, basename(each))),
    });
    const applied = await applyPostprocessing({ input, output, steps: ppPklFile, datasetJson: file, progress, signal });
    print(json ? { output, ...applied } : output);
  },
});

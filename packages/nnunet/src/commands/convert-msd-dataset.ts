import { defineCommand } from '@fractura/command-line';
import { nnunetFolder, nnunetFoldersOf } from '@fractura/nnunet-format';
import { convertMsdDataset } from '../conversion/convert-msd-dataset.js';
import { folderOptions } from './folder-options.js';
import { headings } from './headings.js';
import { ignoredOptions } from './ignored-options.js';

/** `fractura convert-MSD-dataset`: a raw data set of a task of the Decathlon. */
export const convertMsdDatasetCommand = defineCommand({
  ...headings.convertMsdDataset,
  positionals: {},
  options: {
    input: {
      kind: 'string',
      alias: 'i',
      describe: 'the task’s unpacked folder, such as Task05_Prostate',
      required: true,
    },
    'overwrite-id': { kind: 'integer', minimum: 0, describe: 'number of the data set (default: the task’s)' },
    ...ignoredOptions('np'),
    ...folderOptions,
  },
  examples: [['-i Task05_Prostate', 'writes Dataset005_Prostate into the folder of raw data sets']],
  run: async ({ input, overwriteId: id, ...given }, { print, progress, signal, json }) => {
    const folders = nnunetFoldersOf(process.env, given);
    const raw = nnunetFolder('raw', folders);
    const folder = await convertMsdDataset({ source: input, folders: { ...folders, raw }, id, progress, signal });
    print(json ? { folder } : folder);
  },
});

import { defineCommand } from '@fractura/command-line';
import { datasetFolders, nnunetFoldersOf } from '@fractura/nnunet-format';
import { plotOverlays } from '../overlays/plot-overlays.js';
import { folderOptions } from './folder-options.js';
import { headings } from './headings.js';
import { ignoredOptions } from './ignored-options.js';

/** `fractura plot-overlay-pngs`: pictures of the training cases with their labels. */
export const plotOverlaysCommand = defineCommand({
  ...headings.plotOverlays,
  positionals: {},
  options: {
    dataset: { kind: 'string', alias: 'd', describe: 'number or name of the data set', required: true },
    output: { kind: 'string', alias: 'o', describe: 'folder for CASE.png', required: true },
    'use-raw': { kind: 'boolean', describe: 'draw the raw images (default: the preprocessed ones)', default: false },
    'channel-idx': { kind: 'integer', minimum: 0, describe: 'channel that is shown', default: 0 },
    plans: { kind: 'string', alias: 'p', describe: 'plans, of preprocessed cases', default: 'nnUNetPlans' },
    configuration: {
      kind: 'string',
      alias: 'c',
      describe: 'configuration, of preprocessed cases (default: 3d_fullres where the plans have it, else 2d)',
    },
    'overlay-intensity': { kind: 'number', minimum: 0, describe: 'brightness of the labels', default: 0.6 },
    ...ignoredOptions('np'),
    raw: folderOptions.raw,
    preprocessed: folderOptions.preprocessed,
  },
  examples: [['-d 921 -o overlays --use_raw', 'draws every training case of data set 921']],
  run: async (values, { print, progress, signal, json }) => {
    const { dataset, useRaw, output, plans, configuration } = values;
    const folders = nnunetFoldersOf(process.env, values);
    const source = useRaw
      ? { raw: (await datasetFolders(dataset, folders, ['raw'])).raw }
      : { preprocessed: (await datasetFolders(dataset, folders, ['preprocessed'])).preprocessed, plans, configuration };
    const cases = await plotOverlays({
      source,
      output,
      channel: values.channelIdx,
      intensity: values.overlayIntensity,
      variables: process.env,
      progress,
      signal,
    });
    print(json ? { output, cases } : output);
  },
});

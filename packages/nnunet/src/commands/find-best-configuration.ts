import { join } from 'node:path';
import { defineCommand } from '@fractura/command-line';
import { datasetName, nnunetFolder, nnunetFoldersOf } from '@fractura/nnunet-format';
import { findBestConfiguration } from '../cross-validation/find-best-configuration.js';
import { folderOptions } from './folder-options.js';
import { headings } from './headings.js';
import { ignoredOptions } from './ignored-options.js';

/** `fractura find-best-configuration`: which model, or pair of models, and what postprocessing. */
export const findBestConfigurationCommand = defineCommand({
  ...headings.findBestConfiguration,
  positionals: { dataset: { kind: 'string', describe: 'number or name of the data set', required: true } },
  options: {
    plans: { kind: 'strings', alias: 'p', describe: 'plans', default: ['nnUNetPlans'] },
    configurations: {
      kind: 'strings',
      alias: 'c',
      describe: 'configurations',
      default: ['2d', '3d_fullres', '3d_lowres', '3d_cascade_fullres'],
    },
    trainers: { kind: 'strings', alias: 'tr', describe: 'trainers', default: ['nnUNetTrainer'] },
    folds: { kind: 'integers', minimum: 0, alias: 'f', describe: 'folds', default: [0, 1, 2, 3, 4] },
    'disable-ensembling': { kind: 'boolean', describe: 'compare single models only', default: false },
    ...folderOptions,
    ...ignoredOptions('np', 'no-overwrite'),
  },
  examples: [['921 -c 2d', 'as nnUNetv2_find_best_configuration']],
  run: async (values, { print, note, progress, signal, json }) => {
    const folders = nnunetFoldersOf(process.env, values);
    const [preprocessed, results] = [nnunetFolder('preprocessed', folders), nnunetFolder('results', folders)];
    const dataset = await datasetName(values.dataset, [results, preprocessed]);
    const information = await findBestConfiguration({
      dataset,
      raw: folders.raw,
      preprocessed,
      results,
      candidates: values.trainers.flatMap((trainer) =>
        values.configurations.flatMap((configuration) =>
          values.plans.map((plans) => ({ plans, configuration, trainer })),
        ),
      ),
      folds: values.folds,
      ensembling: !values.disableEnsembling,
      note,
      progress,
      signal,
    });
    print(json ? information : join(results, dataset, 'inference_instructions.txt'));
  },
});

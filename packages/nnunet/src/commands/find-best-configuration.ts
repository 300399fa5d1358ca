import { join } from 'node:path';
import { defineCommand } from '@fractura/command-line';
import { datasetName, nnunetFolder } from '@fractura/nnunet-format';
import { accumulateFolds } from '../cross-validation/accumulate-folds.js';
import { findBestConfiguration } from '../cross-validation/find-best-configuration.js';
import { ignoredOptions } from './ignored-options.js';

const folders = {
  raw: { kind: 'string', describe: 'folder of raw data sets (default: the variable nnUNet_raw)' },
  preprocessed: { kind: 'string', describe: 'folder of preprocessed ones (default: nnUNet_preprocessed)' },
  results: { kind: 'string', describe: 'folder of results (default: nnUNet_results)' },
} as const;
const folds = { kind: 'strings', alias: 'f', describe: 'folds', default: ['0', '1', '2', '3', '4'] } as const;
const dataset = { kind: 'string', describe: 'number or name of the data set', required: true } as const;

/** `fractura find-best-configuration`: which model, or pair of models, and what postprocessing. */
export const findBestConfigurationCommand = defineCommand({
  name: 'find-best-configuration',
  summary: 'Compares trained configurations and pairs of them by cross-validation and says how to predict.',
  positionals: { dataset },
  options: {
    plans: { kind: 'strings', alias: 'p', describe: 'plans', default: ['nnUNetPlans'] },
    configurations: {
      kind: 'strings',
      alias: 'c',
      describe: 'configurations',
      default: ['2d', '3d_fullres', '3d_lowres', '3d_cascade_fullres'],
    },
    trainers: { kind: 'strings', alias: 'tr', describe: 'trainers', default: ['nnUNetTrainer'] },
    folds,
    'disable-ensembling': { kind: 'boolean', describe: 'compare single models only', default: false },
    ...folders,
    ...ignoredOptions('np'),
    ...ignoredOptions.flags('no-overwrite'),
  },
  examples: [['921 -c 2d', 'as nnUNetv2_find_best_configuration']],
  run: async (values, context) => {
    const places = placesOf(values);
    const name = await datasetName(values.dataset, [places.results, places.preprocessed]);
    const candidates = values.trainers.flatMap((trainer) =>
      values.configurations.flatMap((configuration) =>
        values.plans.map((plans) => ({ plans, configuration, trainer })),
      ),
    );
    const information = await findBestConfiguration({
      ...context,
      ...places,
      dataset: name,
      candidates,
      folds: values.folds,
      ensembling: !values.disableEnsembling,
    });
    context.print(context.json ? information : join(places.results, name, 'inference_instructions.txt'));
  },
});

/** `fractura accumulate-crossval-results`: all folds' validation cases in one summary. */
export const accumulateCrossvalResultsCommand = defineCommand({
  name: 'accumulate-crossval-results',
  summary: 'Copies the folds’ validation predictions into one folder and evaluates them together.',
  positionals: { dataset },
  options: {
    configuration: { kind: 'string', alias: 'c', describe: 'configuration', required: true },
    output: { kind: 'string', alias: 'o', describe: 'an empty folder (default: one in the model’s folder)' },
    plans: { kind: 'string', alias: 'p', describe: 'plans', default: 'nnUNetPlans' },
    trainer: { kind: 'string', alias: 'tr', describe: 'trainer', default: 'nnUNetTrainer' },
    folds,
    ...folders,
  },
  examples: [['921 -c 2d', 'as nnUNetv2_accumulate_crossval_results']],
  run: async (values, context) => {
    const places = placesOf(values);
    const name = await datasetName(values.dataset, [places.results, places.preprocessed]);
    const model = join(places.results, name, `${values.trainer}__${values.plans}__${values.configuration}`);
    const { folder, summary } = await accumulateFolds({
      ...context,
      model,
      folds: values.folds,
      output: values.output,
      references: [
        ...(places.raw === undefined ? [] : [join(places.raw, name, 'labelsTr')]),
        join(places.preprocessed, name, 'gt_segmentations'),
      ],
    });
    context.print(context.json ? summary : join(folder, 'summary.json'));
  },
});

/** The raw folder may be unknown: gt_segmentations of the preprocessed one have the same labels. */
function placesOf(given: { raw: string | undefined; preprocessed: string | undefined; results: string | undefined }): {
  raw: string | undefined;
  preprocessed: string;
  results: string;
} {
  return {
    raw: given.raw ?? process.env.nnUNet_raw,
    preprocessed: nnunetFolder('preprocessed', given.preprocessed),
    results: nnunetFolder('results', given.results),
  };
}

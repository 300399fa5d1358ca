import { join } from 'node:path';
import { defineCommand } from '@fractura/command-line';
import { datasetName, formatModelName, nnunetFolder, nnunetFoldersOf } from '@fractura/nnunet-format';
import { accumulateFolds } from '../cross-validation/accumulate-folds.js';
import { readFoldNames } from './fold-option.js';
import { folderOptions } from './folder-options.js';
import { headings } from './headings.js';

/** `fractura accumulate-crossval-results`: all folds' validation cases in one summary. */
export const accumulateCrossvalResultsCommand = defineCommand({
  ...headings.accumulateCrossvalResults,
  positionals: { dataset: { kind: 'string', describe: 'number or name of the data set', required: true } },
  options: {
    configuration: { kind: 'string', alias: 'c', describe: 'configuration', required: true },
    output: { kind: 'string', alias: 'o', describe: 'an empty folder (default: one in the model’s folder)' },
    plans: { kind: 'string', alias: 'p', describe: 'plans', default: 'nnUNetPlans' },
    trainer: { kind: 'string', alias: 'tr', describe: 'trainer', default: 'nnUNetTrainer' },
    folds: { kind: 'strings', alias: 'f', describe: 'folds', default: ['0', '1', '2', '3', '4'] },
    ...folderOptions,
  },
  examples: [['921 -c 2d', 'as nnUNetv2_accumulate_crossval_results']],
  run: async (values, { print, progress, signal, json }) => {
    const { trainer, plans, configuration, output } = values;
    const folders = nnunetFoldersOf(process.env, values);
    const [preprocessed, results] = [nnunetFolder('preprocessed', folders), nnunetFolder('results', folders)];
    const dataset = await datasetName(values.dataset, [results, preprocessed]);
    const { raw } = folders;
    const gtSegmentations = join(preprocessed, dataset, 'gt_segmentations');
    const { folder, summary } = await accumulateFolds({
      model: join(results, dataset, formatModelName({ trainer, plans, configuration })),
      folds: readFoldNames(values.folds),
      output,
      references: raw === undefined ? [gtSegmentations] : [join(raw, dataset, 'labelsTr'), gtSegmentations],
      progress,
      signal,
    });
    print(json ? summary : join(folder, 'summary.json'));
  },
});

import { defineCommand } from '@fractura/command-line';
import { datasetFolders, nnunetFolder, nnunetFoldersOf } from '@fractura/nnunet-format';
import { useEngine } from '@fractura/tfjs-engine';
import { exportModelToZip } from '../sharing/export-model-to-zip.js';
import { installModelFromZip } from '../sharing/install-model-from-zip.js';
import { readFoldNames } from './fold-option.js';
import { folderOptions } from './folder-options.js';
import { headings } from './headings.js';

/** `fractura export-model-to-zip`: trained models for another machine. */
export const exportModelToZipCommand = defineCommand({
  ...headings.exportModelToZip,
  positionals: {},
  options: {
    dataset: { kind: 'string', alias: 'd', describe: 'number or name of the data set', required: true },
    output: { kind: 'string', alias: 'o', describe: 'the zip file', required: true },
    configurations: {
      kind: 'strings',
      alias: 'c',
      describe: 'configurations',
      default: ['3d_lowres', '3d_fullres', '2d', '3d_cascade_fullres'],
    },
    trainer: { kind: 'string', alias: 'tr', describe: 'trainer', default: 'nnUNetTrainer' },
    plans: { kind: 'string', alias: 'p', describe: 'plans', default: 'nnUNetPlans' },
    folds: { kind: 'strings', alias: 'f', describe: 'folds, or all', default: ['0', '1', '2', '3', '4'] },
    checkpoints: { kind: 'strings', alias: 'chk', describe: 'checkpoints', default: ['checkpoint_final.pth'] },
    'not-strict': {
      kind: 'boolean',
      describe: 'leave out configurations, folds and checkpoints that are missing (default: refuse)',
      default: false,
    },
    'exp-cv-preds': { kind: 'boolean', describe: 'take the predicted validation cases, too', default: false },
    results: folderOptions.results,
  },
  examples: [['-d 921 -c 2d -f 0 1 2 -o model.zip', 'exports three folds of the 2d model of data set 921']],
  run: async (values, { print, note, progress, signal, json }) => {
    const { results, name } = await placesOf(values.dataset, values.results);
    // The order of the optimizer's parameters is asked of a network.
    await useEngine();
    const files = await exportModelToZip({
      results,
      dataset: name,
      output: values.output,
      configurations: values.configurations,
      trainer: values.trainer,
      plans: values.plans,
      folds: readFoldNames(values.folds),
      checkpoints: values.checkpoints,
      validation: values.expCvPreds,
      strict: !values.notStrict,
      note,
      progress,
      signal,
    });
    print(json ? { output: values.output, files } : values.output);
  },
});

async function placesOf(dataset: string, given: string | undefined): Promise<{ results: string; name: string }> {
  const folders = nnunetFoldersOf(process.env, { results: given });
  const { name } = await datasetFolders(dataset, folders, ['results']);
  return { results: nnunetFolder('results', folders), name };
}

/** `fractura install-pretrained-model-from-zip`: models that nnU-Net or we exported. */
export const installModelFromZipCommand = defineCommand({
  ...headings.installModelFromZip,
  positionals: { zip: { kind: 'string', describe: 'the zip file', required: true } },
  options: {
    overwrite: {
      kind: 'boolean',
      describe: 'replace files that are there already (default: refuse)',
      default: false,
    },
    results: folderOptions.results,
  },
  examples: [['model.zip', 'after which predict -d 921 -c 2d finds the model']],
  run: async ({ zip, overwrite, results }, { print, progress, signal, json }) => {
    const folder = nnunetFolder('results', nnunetFoldersOf(process.env, { results }));
    const models = await installModelFromZip({ zip, results: folder, overwrite, progress, signal });
    print(json ? { models } : models.join('\n'));
  },
});

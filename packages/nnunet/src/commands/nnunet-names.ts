import type { Program } from '@fractura/command-line';

/**
 * nnU-Net's names of commands, for a program that has these commands under names of its own.
 *
 * @see nnU-Net 2.8: the console scripts of its pyproject.toml
 */
export const nnunetNames = {
  namePrefix: 'nnUNetv2_',
  synonyms: [
    { name: 'plan-experiment', command: 'plan' },
    { name: 'evaluate-folder', command: 'evaluate' },
    { name: 'evaluate-simple', command: 'evaluate' },
    { name: 'predict-from-modelfolder', command: 'predict', options: { '--c': '--continue-prediction' } },
  ],
  elsewhere: {
    'export-model-to-zip':
      'Zip the model folder nnUNetTrainer__nnUNetPlans__2d within its Dataset folder; weights convert turns its checkpoints into .pth first.',
    'install-pretrained-model-from-zip':
      'Unzip the model into the folder of results, or anywhere, and give the model folder with -m.',
    'download-pretrained-model-by-url': 'Download the zip, unzip it and give the model folder with -m.',
    'plot-overlay-pngs': 'Use predict --image --overlay for what a model finds, or explore for pictures of a data set.',
    'move-plans-between-datasets':
      'Copy the plans file into the other data set’s preprocessed folder, set its dataset_name, then run preprocess.',
    'convert-MSD-dataset': 'Convert it with real nnU-Net; the raw data set that it writes can be used here as it is.',
    'convert-old-nnUNet-dataset':
      'Convert it with real nnU-Net; the raw data set that it writes can be used here as it is.',
  },
} as const satisfies Pick<Program, 'namePrefix' | 'synonyms' | 'elsewhere'>;

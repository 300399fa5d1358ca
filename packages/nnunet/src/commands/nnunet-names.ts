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
    'download-pretrained-model-by-url': 'Download the zip and give it to install-pretrained-model-from-zip.',
    'convert-old-nnUNet-dataset':
      'Convert it with real nnU-Net; the raw data set that it writes can be used here as it is.',
  },
} as const satisfies Pick<Program, 'namePrefix' | 'synonyms' | 'elsewhere'>;

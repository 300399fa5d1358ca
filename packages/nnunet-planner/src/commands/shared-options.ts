import { nnunetFoldersOf, type NnunetFolders } from '@fractura/nnunet-format';
import { NnunetPlannerError } from '../errors.js';

/** Options that several commands take. */
export const datasetOption = {
  dataset: { kind: 'strings', alias: 'd', describe: 'numbers or names of data sets', required: true },
} as const;

export const rawFolderOption = {
  raw: { kind: 'string', describe: 'folder of raw data sets (default: the variable nnUNet_raw)' },
} as const;

export const folderOptions = {
  ...rawFolderOption,
  preprocessed: { kind: 'string', describe: 'folder of preprocessed ones (default: nnUNet_preprocessed)' },
} as const;

/** What is said of every number of processes. */
export const processesMeaning = 'cases processed at the same time; bounds memory (default: one per processor)';

export const processesOption = {
  'num-processes': { kind: 'number', alias: 'np', describe: processesMeaning },
} as const;

/** nnU-Net's options of what is shown, which change no result. */
export const loggingOptions = {
  verbose: {
    kind: 'boolean',
    describe: 'print more messages',
    withoutEffect: 'Notes are always written; --quiet leaves them out.',
  },
  'no-pbar': { kind: 'boolean', describe: 'no progress bar', withoutEffect: '--quiet leaves progress out.' },
} as const;

/** What the environment says to these commands: nnU-Net's folders, and the variables in the paths of a dataset.json. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

/** nnU-Net's folders, by option or by the environment. */
export const foldersOf = (given: NnunetFolders): NnunetFolders => nnunetFoldersOf(environment, given);

/** A number of processes as given; undefined stays undefined. @throws NnunetPlannerError `processes-invalid` */
export function checkProcesses(given: number | undefined): number | undefined {
  if (given === undefined || (Number.isInteger(given) && given >= 1)) {
    return given;
  }
  throw new NnunetPlannerError(`The number of processes is ${given}.`, {
    code: 'processes-invalid',
    remedy: 'It is a whole number from 1 on.',
  });
}

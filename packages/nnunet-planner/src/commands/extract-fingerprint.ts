import { join } from 'node:path';
import { withFolder } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { datasetFolders, readFingerprint, writeFingerprint } from '@fractura/nnunet-format';
import { readDataset } from '../dataset/read-dataset.js';
import { extractFingerprint } from '../workflow/extract-fingerprint.js';
import { verifyDatasetIntegrity } from '../workflow/verify-dataset-integrity.js';
import { headings } from './headings.js';
import { reportSoundness } from './report-soundness.js';
import {
  checkProcesses,
  datasetOption,
  environment,
  folderOptions,
  foldersOf,
  loggingOptions,
  processesOption,
} from './shared-options.js';

/** Options of every command that extracts fingerprints. */
export const fingerprintOptions = {
  'verify-dataset-integrity': { kind: 'boolean', describe: 'check the raw data set first', default: false },
  clean: { kind: 'boolean', describe: 'extract the fingerprint again, even if there is one', default: false },
  fpe: {
    kind: 'string',
    describe: 'fingerprint extractor',
    choices: ['DatasetFingerprintExtractor'],
    default: 'DatasetFingerprintExtractor',
  },
} as const;

/** `fractura extract-fingerprint`: the fingerprint alone. */
export const extractFingerprintCommand = defineCommand({
  ...headings.extractFingerprint,
  positionals: {},
  options: { ...datasetOption, ...fingerprintOptions, ...processesOption, ...loggingOptions, ...folderOptions },
  examples: [['-d 921 --verify-dataset-integrity', 'checks data set 921, writes dataset_fingerprint.json']],
  run: async ({ dataset, clean, verifyDatasetIntegrity: verify, numProcesses, ...given }, context) => {
    const { progress, signal } = context;
    const workers = checkProcesses(numProcesses);
    for (const numberOrName of dataset) {
      const { raw, preprocessed } = await datasetFolders(numberOrName, foldersOf(given), ['raw', 'preprocessed']);
      if (verify) {
        const { update, finish } = progress('Checking the data set');
        const options = { folder: raw, variables: environment, workers, signal, onProgress: update };
        finish(reportSoundness(await verifyDatasetIntegrity(options), context));
      }
      const file = join(preprocessed, 'dataset_fingerprint.json');
      if (clean || !(await readFingerprint(file))) {
        const contents = await readDataset(raw, { variables: environment });
        const { update, finish } = progress('Extracting the fingerprint');
        await withFolder(preprocessed, async () => {
          const fingerprint = await extractFingerprint({ dataset: contents, workers, signal, onProgress: update });
          await writeFingerprint(file, fingerprint, contents.reader);
        });
        finish();
      } else {
        context.note(`${file} is there already; --clean extracts it again`);
      }
      context.print(context.json ? await readFingerprint(file) : file);
    }
  },
});

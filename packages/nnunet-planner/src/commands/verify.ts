import { defineCommand } from '@fractura/command-line';
import { datasetFolders } from '@fractura/nnunet-format';
import { verifyDatasetIntegrity } from '../workflow/verify-dataset-integrity.js';
import { headings } from './headings.js';
import { reportSoundness } from './report-soundness.js';
import {
  checkProcesses,
  datasetOption,
  environment,
  foldersOf,
  processesOption,
  rawFolderOption,
} from './shared-options.js';

/** `fractura verify-dataset-integrity`: the check alone. */
export const verifyCommand = defineCommand({
  ...headings.verify,
  positionals: {},
  options: { ...datasetOption, ...processesOption, ...rawFolderOption },
  examples: [['-d 921', 'says what is wrong with data set 921 and how to mend it']],
  run: async ({ dataset, raw, numProcesses }, context) => {
    for (const numberOrName of dataset) {
      const place = await datasetFolders(numberOrName, foldersOf({ raw }), ['raw']);
      const task = context.progress('Checking the data set');
      const report = await verifyDatasetIntegrity({
        folder: place.raw,
        variables: environment,
        workers: checkProcesses(numProcesses),
        signal: context.signal,
        onProgress: task.update,
      });
      task.finish(reportSoundness(report, context));
      context.print(
        context.json ? { dataset: place.name, ...report } : `${place.name}: ${report.cases} cases are sound`,
      );
    }
  },
});

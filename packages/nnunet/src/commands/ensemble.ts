import { basename, join } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { ensembleFolders } from '../ensemble/ensemble-folders.js';
import { ignoredOptions } from './ignored-options.js';
import { inputFiles } from './input-files.js';

/** `fractura ensemble`: labels by the mean of several predictions' probabilities. */
export const ensembleCommand = defineCommand({
  name: 'ensemble',
  summary: 'Averages the probabilities of several predictions of the same cases and writes the labels that follow.',
  positionals: {},
  options: {
    input: { kind: 'strings', alias: 'i', describe: 'folders with CASE.npz and CASE.pkl', required: true },
    output: { kind: 'string', alias: 'o', describe: 'folder for the labels', required: true },
    'save-npz': { kind: 'boolean', describe: 'write the mean probabilities, too', default: false },
    ...ignoredOptions('np'),
  },
  examples: [['-i model1 model2 -o ensemble', 'puts two models’ predictions together']],
  run: async ({ input, output, saveNpz }, { print, progress, signal, json }) => {
    const read = (await Promise.all(input.map(inputFiles))).flat();
    await refuseOverwrite({ inputs: read, outputs: read.map((file) => join(output, basename(file))) });
    const cases = await ensembleFolders({ inputs: input, output, saveProbabilities: saveNpz, progress, signal });
    print(json ? { output, cases } : output);
  },
});

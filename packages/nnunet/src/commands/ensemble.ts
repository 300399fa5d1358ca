import { basename, join } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { ensembleFolders } from '../ensemble/ensemble-folders.js';
import { headings } from './headings.js';
import { ignoredOptions } from './ignored-options.js';
import { inputFiles } from './input-files.js';
import { readThreshold } from './threshold-option.js';

/** `fractura ensemble`: labels by the mean of several predictions' probabilities. */
export const ensembleCommand = defineCommand({
  ...headings.ensemble,
  positionals: {},
  options: {
    input: { kind: 'strings', alias: 'i', describe: 'folders with CASE.npz and CASE.pkl', required: true },
    output: { kind: 'string', alias: 'o', describe: 'folder for the labels', required: true },
    'save-npz': { kind: 'boolean', describe: 'write the mean probabilities, too', default: false },
    threshold: {
      kind: 'string',
      describe:
        'probability above which a pixel is foreground, in (0, 1), or auto: the mean of the predictions’ own, or else the most probable class',
      default: 'auto',
    },
    ...ignoredOptions('np'),
  },
  examples: [['-i model1 model2 -o ensemble', 'puts two models’ predictions together']],
  run: async ({ input, output, saveNpz, threshold: text }, { print, note, progress, signal, json }) => {
    const threshold = readThreshold(text);
    const read = (await Promise.all(input.map(inputFiles))).flat();
    await refuseOverwrite({ inputs: read, outputs: read.map((file) => join(output, basename(file))) });
    const cases = await ensembleFolders({
      inputs: input,
      output,
      saveProbabilities: saveNpz,
      threshold,
      note,
      progress,
      signal,
    });
    print(json ? { output, cases } : output);
  },
});

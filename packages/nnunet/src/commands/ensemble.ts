import { defineCommand } from '@fractura/command-line';
import { NnunetError } from '../errors.js';
import { readFormat } from '../folders/describing-files.js';
import { mergeCases } from '../ensemble/ensemble-folders.js';
import { inFolder } from '../folders/in-folder.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { namesIn } from '../folders/list-cases.js';
import { ignoredOptions } from './ignored-options.js';

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
    const [first] = input;
    const format = await readFormat(first);
    const names = await Promise.all(input.map((folder) => namesIn(folder, '.npz')));
    const all = [...new Set(names.flat())].sort();
    for (const [i, own] of names.entries()) {
      const missing = all.filter((name) => !own.includes(name));
      if (missing.length === 0 && own.length > 0) {
        continue;
      }
      throw new NnunetError(`${input[i]} lacks ${missing.length > 0 ? missing.join(', ') : '.npz files'}.`, {
        code: 'probabilities-missing',
        remedy: 'Predict the same cases with --save-probabilities into every folder.',
      });
    }
    const cases = all.map((name) => ({
      id: name.slice(0, -'.npz'.length),
      files: input.map((folder) => inFolder(folder, name)),
    }));
    await mergeCases({ cases, output, format, saveProbabilities: saveNpz, progress, signal });
    await copyDescriptions(first, output);
    print(json ? { output, cases: cases.map(({ id }) => id) } : output);
  },
});

import { defineCommand } from '@fractura/command-line';
import { compactModel } from '../weights/compact-model.js';
import { readFoldNames } from './fold-option.js';
import { headings } from './headings.js';

/** `fractura weights compact`: a model folder that only predicts, an eighth of the size. */
export const compactWeightsCommand = defineCommand({
  ...headings.compactWeights,
  positionals: {
    input: { kind: 'string', describe: 'the model folder, trainer__plans__configuration', required: true },
    output: { kind: 'string', describe: 'the folder to write', required: true },
  },
  options: {
    folds: { kind: 'strings', alias: 'f', describe: 'the folds to keep (default: all that are trained)' },
    checkpoint: { kind: 'string', alias: 'chk', describe: 'checkpoint', default: 'checkpoint_final' },
  },
  examples: [['SmallLesionsTrainer__nnUNetPlans_cpu__2d_films small-model -f 0', 'keeps one network, in float16']],
  run: async ({ input, output, folds, checkpoint }, { print, note, json }) => {
    const written = await compactModel({ input, output, folds: folds && readFoldNames(folds), checkpoint });
    for (const { file, bytes } of written) {
      note(`${file}: ${(bytes / 1e6).toFixed(1)} MB`);
    }
    print(json ? { output, checkpoints: written } : output);
  },
});

import { join } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { joinScores } from '../comparison/join-scores.js';
import { readScores } from '../comparison/read-scores.js';
import { headings } from './headings.js';
import { reportComparison } from './report-comparison.js';

/** `fractura classify fuse`: probabilities of several judges to what each of them, and all together, are worth. */
export const fuseCommand = defineCommand({
  ...headings.fuse,
  positionals: {},
  options: {
    scores: {
      kind: 'strings',
      alias: 's',
      describe:
        'files of out-of-fold probabilities: CSV tables (file, label, group, fold, a column for each judge, others are parts such as view), or predictions.json of validations or of radiographs',
      required: true,
    },
    output: { kind: 'string', alias: 'o', describe: 'folder for comparison.json and judgements.csv' },
    baseline: { kind: 'string', describe: 'the classifier that others are compared with (default: the first)' },
    folds: { kind: 'integer', minimum: 2, describe: 'folds that are drawn where the files say none', default: 5 },
    seeds: { kind: 'integers', describe: 'seeds; for each of them folds are drawn', default: [0, 1, 2] },
    resamples: { kind: 'integer', minimum: 1, describe: 'of the bootstrap by group', default: 2000 },
  },
  examples: [
    [
      '--scores fold_0/validation/predictions.json fold_1/validation/predictions.json image.csv -o fused',
      'the segmenter’s presence head and largest probability, the classifier’s column in image.csv, and all together',
    ],
  ],
  run: async ({ scores, output, baseline, folds, seeds, resamples }, context) => {
    const results = output === undefined ? [] : ['comparison.json', 'judgements.csv'].map((name) => join(output, name));
    await refuseOverwrite({ inputs: scores, outputs: results });
    const tables = await Promise.all(scores.map(async (file) => ({ file, table: await readScores(file) })));
    await reportComparison(joinScores(tables), { output, baseline, folds, seeds, resamples }, context);
  },
});

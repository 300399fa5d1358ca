import { defineCommand, UsageError } from '@fractura/command-line';
import { startEngine } from '@fractura/tfjs-engine/options';
import { runTrial } from '../search/run-trial.js';
import { isBudgetSpent } from '../search/search-budget.js';
import { pointsOf } from '../search/search-points.js';
import { readSearch } from '../search/search-record.js';
import { cachedEncoderWeights } from './cached-encoder-weights.js';
import { headings } from './headings.js';
import { trialEngineOptions } from './trial-engine-options.js';

/** `fractura search trial`: what a job of a search does. */
export const trialCommand = defineCommand({
  ...headings.trial,
  positionals: { search: { kind: 'string', describe: 'folder of the search', required: true } },
  options: {
    point: { kind: 'integer', minimum: 0, describe: 'the point’s number', required: true },
    length: { kind: 'integer', minimum: 1, describe: 'epochs, where the search halves' },
    seed: { kind: 'integer', minimum: 0, describe: 'of the training', default: 0 },
    ...trialEngineOptions,
  },
  examples: [['fractura-search --point 3 --seed 1', 'trains point 3 with seed 1 on all inner folds']],
  run: async ({ search: out, point, length, seed, tfjsEngine, threads }, context) => {
    const { print, note, progress, signal, json } = context;
    const record = await readSearch(out);
    const { length: count } = pointsOf(record.plan);
    if (point >= count) {
      throw new UsageError(`--point is ${point}, but the search in ${out} has ${count} points, counted from 0.`);
    }
    if (await isBudgetSpent(out, record)) {
      note(`The budget of ${record.hours} hours is spent: point ${point} is not begun.`);
      return;
    }
    const { name: engine } = await startEngine({ engine: tfjsEngine, threads }, context);
    const result = await runTrial({
      out,
      record,
      trial: { point, length, seed },
      engine,
      encoderWeightsOf: (settings) => cachedEncoderWeights(settings, note),
      note,
      progress,
      signal,
    });
    print(json ? result : (result.failed ?? result.score));
  },
});

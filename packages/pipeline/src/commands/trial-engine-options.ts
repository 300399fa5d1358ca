import { engineOptions } from '@fractura/tfjs-engine/options';

/** The options of the engine that trains; `--engine` of a search is where jobs are computed. */
export const trialEngineOptions = {
  'tfjs-engine': {
    ...engineOptions.engine,
    describe: 'TensorFlow.js engine of the trainings (default: the fastest that works)',
  },
  threads: engineOptions.threads,
} as const;

import { resolve } from 'node:path';
import { withFolder } from '@fractura/array-files';
import { defineCommand, type CommandContext, type CommandDefinition, type Program } from '@fractura/command-line';
import { jobOptions, jobSettings } from '@fractura/submit';
import { startEngine } from '@fractura/tfjs-engine/options';
import { shellCommand, wordsOfData } from '../run/reproduce-command.js';
import { resolveData } from '../run/study-data.js';
import { computeByJobs } from '../search/compute-by-jobs.js';
import { computeHere } from '../search/compute-here.js';
import { runSearch, type RunSearchOptions } from '../search/run-search.js';
import { readSearchPlan } from '../search/search-plan.js';
import type { SearchRecord } from '../search/search-record.js';
import { tableText } from '../search/table-text.js';
import type { Trial } from '../search/trial.js';
import { cachedEncoderWeights } from './cached-encoder-weights.js';
import { headings } from './headings.js';
import { studyDataOf, studyDataOptions } from './study-data-options.js';
import { submittedProgram } from './submitted-program.js';
import { trialEngineOptions } from './trial-engine-options.js';

/** `fractura search`: a space of settings to its table, its page and the best settings. */
export const searchCommand = (program: () => Program): CommandDefinition =>
  defineCommand({
    ...headings.search,
    positionals: { space: { kind: 'string', describe: 'space file (YAML): what is tried, and how', required: true } },
    options: {
      ...studyDataOptions,
      out: { kind: 'string', describe: 'output folder; the same again goes on', default: 'fractura-search' },
      points: {
        kind: 'integer',
        minimum: 1,
        describe: 'points to try; for a grid, the most of them (default: the file’s)',
      },
      hours: {
        kind: 'number',
        exclusiveMinimum: 0,
        describe: 'hours of all trainings together, after which none begins',
      },
      ...trialEngineOptions,
      ...jobOptions,
      engine: { ...jobOptions.engine, describe: 'compute trainings as jobs of this engine (default: in this process)' },
    },
    examples: [
      ['space.yaml', 'searches on a synthetic atlas; fractura-search/best.yaml is the result'],
      [
        'space.yaml --data FracAtlas --out search --hours 8',
        'begins no training after eight hours; called again, it goes on',
      ],
      ['space.yaml --data FracAtlas --engine local --at-once 2', 'two trainings at once, each in a process of its own'],
      ['space.yaml --data FracAtlas --engine slurm --gpus 1 --time 4:00:00', 'each training is a job of Slurm'],
    ],
    run: async (values, context) => {
      const { print, json } = context;
      const data = studyDataOf(values);
      const out = resolve(values.out);
      const plan = await readSearchPlan(values.space, { points: values.points });
      const record: SearchRecord = {
        format: 1,
        plan,
        data: data === undefined ? null : resolveData(data),
        hours: values.hours ?? null,
      };
      const { tfjsEngine, threads } = values;
      const compute = await computing({ values, out, record, tfjsEngine, threads, program }, context);
      const { note, progress, signal } = context;
      const command = shellCommand(['fractura', 'search', values.space, ...wordsOfData(data), '--out', values.out]);
      const result = await withFolder(out, () => runSearch({ out, record, command, compute, note, progress, signal }));
      if (json) {
        print(result);
        return;
      }
      print(tableText(result.table, plan.target));
      print(`\nThe page: ${result.page}`);
      if (result.best !== undefined) {
        print(`The best settings: ${result.best}, for fractura run --config`);
      }
    },
  });

interface Computing {
  values: Parameters<typeof jobSettings>[0];
  out: string;
  record: SearchRecord;
  tfjsEngine: Parameters<typeof startEngine>[0]['engine'];
  threads: number | undefined;
  program: () => Program;
}

/** Trainings in this process, or as jobs where an engine is named. */
async function computing(
  { values, out, record, tfjsEngine, threads, program }: Computing,
  context: CommandContext,
): Promise<RunSearchOptions['compute']> {
  const { note, progress, signal } = context;
  if (values.engine === undefined) {
    const { name: engine } = await startEngine({ engine: tfjsEngine, threads }, context);
    const encoderWeightsOf = (settings: Parameters<typeof cachedEncoderWeights>[0]) =>
      cachedEncoderWeights(settings, note);
    return computeHere({ out, record, engine, encoderWeightsOf, note, progress, signal });
  }
  const own = tfjsEngine === undefined ? [] : ['--tfjs-engine', tfjsEngine];
  const parallel = threads === undefined ? [] : ['--threads', String(threads)];
  const wordsOf = ({ point, length, seed }: Trial) => [
    ...['search', 'trial', out, '--point', String(point), '--seed', String(seed)],
    ...(length === undefined ? [] : ['--length', String(length)]),
    ...own,
    ...parallel,
  ];
  const environment = process.env;
  return computeByJobs({
    ...jobSettings(values),
    out,
    program: submittedProgram(program),
    wordsOf,
    environment,
    note,
    progress,
    signal,
  });
}

import { defineCommand, type CommandContext, type ProgressTask } from '@fractura/command-line';

import { benchmarkEngine } from './doctor/benchmark-engine.js';
import { diagnoseEngines, type Diagnosis } from './doctor/diagnose-engines.js';
import { engineNames, type EngineName } from './engines/engine-name.js';
import { useEngine } from './engines/use-engine.js';
import { prepareEngine } from './install/prepare-engine.js';
import type { PrepareProgress } from './install/prepare-options.js';
import { uninstallEngine } from './install/uninstall-engine.js';

const doctor = defineCommand({
  name: 'doctor',
  summary: 'Tells which engines work here, how fast, and why not the others.',
  positionals: {},
  options: {},
  examples: [
    ['', 'prints a table for a bug report'],
    ['--json', 'prints the same as JSON'],
  ],
  run: async (_, { print, json }) => {
    const diagnosis = await diagnoseEngines();
    print(json ? diagnosis : doctorTable(diagnosis));
  },
});

const install = defineCommand({
  name: 'install',
  summary: 'Prepares the native engine: TensorFlow’s C library out of its wheel, once per user.',
  positionals: {},
  options: {
    wheel: { kind: 'string', describe: 'wheel of TensorFlow on this disk, for machines without a network' },
    'dry-run': { kind: 'boolean', describe: 'say what would be done, and do nothing', default: false },
    force: { kind: 'boolean', describe: 'prepare it again even if it is there', default: false },
  },
  examples: [
    ['', 'fetches 274 MB with pip and keeps 880 MB in the user’s cache folder'],
    ['--wheel tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl', 'takes a wheel fetched elsewhere'],
  ],
  run: async ({ wheel, dryRun, force }, { print, json, signal, ...reporting }) => {
    const { engine, reused, plan } = await prepareEngine({
      ...{ dryRun, force, signal, ...(wheel === undefined ? {} : { wheel }) },
      onProgress: showSteps(reporting),
    });
    if (engine === undefined || (reused && !json)) for (const line of plan) print(line);
    else if (json) print(engine);
    else print(`The native engine is ready in ${engine.folder}`);
  },
});

const uninstall = defineCommand({
  name: 'uninstall',
  summary: 'Removes the native engine from the user’s cache folder.',
  positionals: {},
  options: {},
  examples: [['', 'frees 880 MB']],
  run: async (_, { print }) => {
    const bytes = await uninstallEngine();
    print(bytes === 0 ? 'There was no native engine.' : `Freed ${(bytes / 1e6).toFixed(0)} MB.`);
  },
});

const bench = defineCommand({
  name: 'bench',
  summary: 'Measures an engine in 1e9 operations a second.',
  positionals: {},
  options: {
    engine: { kind: 'string', describe: 'engine (default: the fastest that works)', choices: engineNames },
    seconds: { kind: 'number', describe: 'seconds to spend', default: 5 },
  },
  examples: [['--engine wasm', 'measures the WebAssembly engine']],
  run: async ({ engine, seconds }, { print, json }) => {
    const used = await useEngine(engine === undefined ? {} : { prefer: engine as EngineName });
    const speed = await benchmarkEngine({ seconds });
    if (json) print({ engine: used.name, ...speed });
    else print(`${used.name}: ${speedText(speed)}`);
  },
});

/** Shows a step whose length is known as a bar in 1e6 bytes, any other as one line. */
function showSteps({ note, progress }: Pick<CommandContext, 'note' | 'progress'>): (step: PrepareProgress) => void {
  let shown = '';
  let task: ProgressTask | undefined;
  return ({ message, done, total }) => {
    if (message !== shown) {
      task?.finish();
      task = undefined;
      note(message);
      shown = message;
    }
    if (done === undefined || total === undefined) return;
    task ??= progress('MB');
    task.update({ done, total });
  };
}

/** `doctor`, `install`, `uninstall` and `bench`, for a program to mount as a group. */
export const engineCommands = [doctor, install, uninstall, bench];

function speedText({
  matmulGflops,
  forwardGflops,
  trainingGflops,
}: NonNullable<Diagnosis['engines'][number]['speed']>): string {
  const round = (value: number) => value.toFixed(value < 10 ? 1 : 0);
  return `matmul ${round(matmulGflops)}, forward ${round(forwardGflops)}, training ${round(trainingGflops)} GF/s`;
}

function doctorTable({ machine, versions, cacheDirectory, engines }: Diagnosis): string {
  const facts = Object.entries({ ...machine, ...versions, cache: cacheDirectory }).map(
    ([name, value]) => `| ${name} | ${value} |`,
  );
  const rows = engines.map(
    ({ engine, works, reason = '', speed }) =>
      `| ${engine} | ${works ? 'works' : 'no'} | ${speed ? speedText(speed) : reason} |`,
  );
  return [
    '| what | value |',
    '| --- | --- |',
    ...facts,
    '',
    '| engine | works | speed, or why not |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

import { defineCommand, UsageError, type CommandContext, type ProgressTask } from '@fractura/command-line';

import { benchmarkEngine } from './doctor/benchmark-engine.js';
import { diagnoseEngines } from './doctor/diagnose-engines.js';
import { doctorTable, speedLine } from './doctor/doctor-table.js';
import { engineOption, precisionOption } from './engine-options.js';
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
    package: { kind: 'string', describe: 'tarball of tfjs-node-gpu on this disk, likewise (npm pack makes it)' },
    installed: {
      kind: 'boolean',
      describe: 'take the TensorFlow that python3 has installed, whatever its version',
      default: false,
    },
    device: {
      kind: 'string',
      describe: 'what it computes on; cuda is for NVIDIA GPUs on Linux x64 and fetches 3.4 GB',
      choices: ['cpu', 'cuda'],
      default: 'cpu',
    },
    'dry-run': { kind: 'boolean', describe: 'say what would be done, and do nothing', default: false },
    force: { kind: 'boolean', describe: 'prepare it again even if it is there', default: false },
  },
  examples: [
    ['', 'fetches 274 MB with pip and keeps 860 MB in the user’s cache folder'],
    ['--dry-run', 'says what would be fetched, from where, and what is kept'],
    ['--installed', 'copies the TensorFlow of the Python environment in force'],
    ['--wheel tensorflow_cpu.whl --package tfjs-node-gpu.tgz', 'takes both from this disk, without a network'],
  ],
  run: async ({ installed, device, dryRun, force, ...given }, { print, json, signal, ...reporting }) => {
    if (installed && given.wheel !== undefined) {
      throw new UsageError('--installed and --wheel name two sources.', { remedy: 'Give one of them.' });
    }
    const { engine, reused, plan } = await prepareEngine({
      installed,
      dryRun,
      force,
      signal,
      device,
      wheel: given.wheel,
      package: given.package,
      onProgress: showSteps(reporting),
    });
    if (json) {
      print(dryRun ? { plan, engine } : engine);
    } else if (dryRun || reused || engine === undefined) {
      for (const line of plan) {
        print(line);
      }
    } else {
      print(`The native engine is ready in ${engine.folder}`);
    }
  },
});

const uninstall = defineCommand({
  name: 'uninstall',
  summary: 'Removes the native engine from the user’s cache folder.',
  positionals: {},
  options: {},
  examples: [['', 'frees 860 MB']],
  run: async (_, { print }) => {
    const bytes = await uninstallEngine();
    print(bytes === 0 ? 'There was no native engine.' : `Freed ${(bytes / 1e6).toFixed(0)} MB.`);
  },
});

const bench = defineCommand({
  name: 'bench',
  summary: 'Measures an engine: convolution, matrix product and training step, in 1e9 operations a second (GF/s).',
  positionals: {},
  options: {
    ...engineOption,
    seconds: { kind: 'number', exclusiveMinimum: 0, describe: 'seconds to spend', default: 5 },
    precision: {
      ...precisionOption.precision,
      describe: 'numbers of the training step; auto is bfloat16 where the processor computes with it',
      default: 'float32',
    },
  },
  examples: [
    ['--engine wasm', 'measures the WebAssembly engine'],
    ['--precision bfloat16', 'measures the training step in bfloat16'],
  ],
  run: async ({ engine, seconds, precision }, { print, json }) => {
    const used = await useEngine({ prefer: engine });
    const speed = await benchmarkEngine({ seconds, precision });
    const { name, version, device } = used;
    if (json) {
      print({ engine: name, version, device, ...speed });
    } else {
      print(`${name} ${version} (${device}): ${speedLine(speed)}`);
    }
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
    if (done === undefined || total === undefined) {
      return;
    }
    task ??= progress('MB');
    task.update({ done, total });
  };
}

export { engineOption, engineOptions, precisionOption, startEngine } from './engine-options.js';

/** `doctor`, `install`, `uninstall` and `bench`, for a program to mount as a group. */
export const engineCommands = [doctor, install, uninstall, bench];

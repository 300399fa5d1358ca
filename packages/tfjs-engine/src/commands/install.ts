import { defineCommand, UsageError, type CommandContext, type ProgressTask } from '@fractura/command-line';

import { prepareEngine } from '../install/prepare-engine.js';
import type { PrepareProgress } from '../install/prepare-options.js';
import { headings } from './headings.js';

/** `fractura engine install`: the native engine for this user. */
export const installCommand = defineCommand({
  ...headings.install,
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

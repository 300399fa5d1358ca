import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

/** A `fractura` in a process of its own. */
export interface RunningProgram {
  child: ChildProcess;
  /** Its exit status or the signal that ended it, and what it wrote to standard error. */
  ended: Promise<{ end: unknown; errors: string }>;
}

/** Starts the built `fractura run` on WASM, which computes the same bits every time. */
export const startRun = (...args: string[]): RunningProgram => startProgram('run', '--engine', 'wasm', ...args);

/** Starts the built `fractura`. */
export function startProgram(...args: string[]): RunningProgram {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<{ end: unknown; errors: string }>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ end: signal ?? code, errors });
    });
  });
  return { child, ended };
}

/** Kills a run without warning once a file of it exists. */
export async function killOnce(file: string, { child, ended }: RunningProgram): Promise<{ end: unknown }> {
  let over = false;
  void ended.then(() => (over = true));
  while (!existsSync(file) && !over) {
    await setTimeout(10);
  }
  child.kill('SIGKILL');
  return ended;
}

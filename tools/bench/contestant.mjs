/**
 * What takes part in a benchmark. Each has `run()`, which does the work once and says how long it took in seconds (or what else
 * it measures), `peakMiB()` and `close()`.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { peakMiB, watchPeakMemory } from './peak-memory.mjs';

/** The Python of the peers: the environment variable PYTHON, or python3. */
export const python = process.env.PYTHON ?? 'python3';

/** A function in this process; it may return what it measured itself, else the time that it took counts. */
export const asFunction = (work) => ({
  run: async () => {
    const begin = performance.now();
    const measured = await work();
    return typeof measured === 'number' ? measured : (performance.now() - begin) / 1000;
  },
  peakMiB: () => null,
  close: async () => undefined,
});

/** A command that is started anew each time and timed from start to end; `before` prepares each run and is not timed. */
export const asCommand = (command, args = [], { before, ...options } = {}) => {
  let peak = null;
  return {
    run: async () => {
      await before?.();
      const begin = performance.now();
      const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
      const complaint = [];
      child.stderr?.on('data', (text) => complaint.push(text));
      const memory = watchPeakMemory(child.pid);
      const code = await ended(child);
      const seconds = (performance.now() - begin) / 1000;
      peak = Math.max(peak ?? 0, memory.stop() ?? 0) || null;
      if (code !== 0) {
        throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${Buffer.concat(complaint)}`);
      }
      return seconds;
    },
    peakMiB: () => peak,
    close: async () => undefined,
  };
};

/**
 * A process that stays: it prints a line when it is ready (the line becomes its `greeting`), then for each line that it reads it
 * does the work once and prints what it measured, a number. So imports and warm-up are not timed, and it waits while others run.
 */
export const asServer = async (command, args = [], options = {}) => {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
  const complaint = [];
  child.stderr.on('data', (text) => complaint.push(text));
  child.stdin.on('error', () => undefined);
  const end = ended(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { value, done } = await lines.next();
    if (!done) {
      return value;
    }
    throw new Error(`${command} ${args.join(' ')} ended with ${await end}: ${Buffer.concat(complaint)}`);
  };
  const greeting = await Promise.race([
    nextLine(),
    end.then((code) => {
      throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${Buffer.concat(complaint)}`);
    }),
  ]);
  return {
    greeting,
    run: async () => {
      child.stdin.write('\n');
      return Number(await nextLine());
    },
    peakMiB: () => peakMiB(child.pid),
    close: async () => {
      child.stdin.end();
      await end;
    },
  };
};

/** The same, or undefined with a line on standard error where it cannot be had (no Python, a package missing). */
export const asServerIfPresent = async (command, args, options) => {
  try {
    return await asServer(command, args, options);
  } catch (error) {
    process.stderr.write(`the peer is not there: ${String(error.message).trim().split('\n').at(-1)}\n`);
    return undefined;
  }
};

const ended = (child) =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });

import { Worker } from 'node:worker_threads';

/** Ends a process that stays with one input for too long, as nothing within its own thread can. */
export interface Watchdog {
  /** Begins another input. */
  begin: (run: number) => void;
  end: () => Promise<void>;
}

/** Looks every second; an input that is there thirty times is a loop without end. */
const program = `
  const { workerData } = require('node:worker_threads');
  const { writeSync } = require('node:fs');
  const seen = new Int32Array(workerData);
  let [last, times] = [-1, 0];
  setInterval(() => {
    const run = Atomics.load(seen, 0);
    times = run === last ? times + 1 : 0;
    last = run;
    if (times === 30) {
      writeSync(2, 'Input ' + run + ' does not end.\\n');
      process.kill(process.pid, 'SIGKILL');
    }
  }, 1000);
`;

export function watch(): Watchdog {
  const shared = new SharedArrayBuffer(4);
  const seen = new Int32Array(shared);
  const worker = new Worker(program, { eval: true, workerData: shared });
  return {
    begin: (run) => {
      Atomics.store(seen, 0, run);
    },
    end: async () => {
      await worker.terminate();
    },
  };
}

import { describeError, endingSignals } from '@fractura/command-line';
import { useEngine } from '@fractura/tfjs-engine';
import type { FoldJob, FoldProgress, FoldOutcome } from './fold-job.js';
import { runFold } from './run-fold.js';

/** What the process of a fold says. */
export type FoldMessage =
  { progress: FoldProgress } | { result: FoldOutcome } | { failure: { message: string; remedy?: string } };

/** How often progress is sent, in milliseconds: as often as anybody can read. */
const interval = 500;

const controller = new AbortController();
const abort = () => {
  controller.abort();
};
for (const name of endingSignals) {
  process.on(name, abort);
}
// The process that started this one is gone: write a checkpoint and end.
process.on('disconnect', abort);

const send = (message: FoldMessage) =>
  new Promise<void>((resolve) => {
    if (!process.connected || !process.send) {
      resolve();
      return;
    }
    process.send(message, undefined, undefined, () => {
      resolve();
    });
  });

process.once('message', (job: FoldJob) => {
  void run(job).finally(() => {
    process.disconnect();
  });
});

async function run(job: FoldJob): Promise<void> {
  let lastSent = 0;
  try {
    await useEngine({ prefer: job.engine, threads: job.threads, gpus: job.gpus });
    const result = await runFold(job, {
      signal: controller.signal,
      onProgress: (progress) => {
        if (Date.now() - lastSent < interval) {
          return;
        }
        lastSent = Date.now();
        void send({ progress });
      },
    });
    await send({ result });
  } catch (error) {
    await send({ failure: describeError(error) });
  }
}

import { fork } from 'node:child_process';
import { builtProgram } from '@fractura/concurrency';
import { NnunetError } from '../errors.js';
import type { FoldJob, FoldOutcome } from './fold-job.js';
import type { FoldMessage } from './fold-process.js';
import type { FoldReporting } from './run-fold.js';

/** How many of the last lines that a process wrote are repeated when it dies. */
const lastLines = 5;

/**
 * Trains and validates a fold in a process of its own.
 *
 * @throws NnunetError `fold-failed` with the fold's own message, `fold-process-died` where it ended without one.
 */
export function startFoldProcess(job: FoldJob, { signal, onProgress }: FoldReporting): Promise<FoldOutcome> {
  return new Promise((resolve, reject) => {
    const child = fork(builtProgram(import.meta.url, 'fold-process'), {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // JSON has no NaN, which logs have.
      serialization: 'advanced',
    });
    let outcome: FoldMessage | undefined;
    let written = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      written = (written + chunk.toString()).slice(-4000);
    });
    const stop = () => child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    child.on('message', (message: FoldMessage) => {
      if ('progress' in message) {
        onProgress?.(message.progress);
      } else {
        outcome = message;
      }
    });
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      signal?.removeEventListener('abort', stop);
      if (outcome && 'result' in outcome) {
        resolve(outcome.result);
      } else if (outcome && 'failure' in outcome) {
        const { message, remedy } = outcome.failure;
        reject(new NnunetError(message, { code: 'fold-failed', remedy }));
      } else {
        reject(processDied(job, killedBy ?? `status ${code}`, written));
      }
    });
    child.send(job);
  });
}

function processDied({ fold }: FoldJob, end: string, written: string): NnunetError {
  const lines = written.trim().split('\n').slice(-lastLines).join('\n');
  const memory = end === 'SIGKILL' ? ' It was killed from outside, often by the system when memory runs out.' : '';
  const wrote = lines === '' ? '' : ` The last that it wrote:\n${lines}`;
  return new NnunetError(`The process of fold ${fold} ended by ${end}.${memory}${wrote}`, {
    code: 'fold-process-died',
    remedy:
      'Give the same command again: it goes on from the last checkpoint. Fewer --folds-in-parallel take less memory.',
  });
}

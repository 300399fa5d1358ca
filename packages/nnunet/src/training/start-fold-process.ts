import { fork } from 'node:child_process';
import { NnunetError } from '../errors.js';
import type { FoldJob, FoldResult } from './fold-job.js';
import type { FoldMessage } from './fold-process.js';
import type { FoldReporting } from './train-one-fold.js';

/** Lines of a process's last words that are told. */
const lastWords = 5;

/**
 * Trains a fold in a process of its own.
 *
 * @param gpu what the process sees as CUDA_VISIBLE_DEVICES; default as this one.
 * @throws NnunetError `fold-failed` with the fold's own message, `fold-process-died` where it ended without one.
 */
export function startFoldProcess(
  job: FoldJob,
  { signal, onProgress, gpu }: FoldReporting & { gpu?: string },
): Promise<FoldResult> {
  return new Promise((resolve, reject) => {
    const env = gpu === undefined ? process.env : { ...process.env, CUDA_VISIBLE_DEVICES: gpu };
    const child = fork(processFile(), { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let outcome: FoldMessage | undefined;
    let words = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-4000);
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
      } else {
        reject(failure(job, outcome, killedBy ?? `status ${code}`, words));
      }
    });
    child.send(job);
  });
}

function failure({ fold }: FoldJob, outcome: FoldMessage | undefined, end: string, words: string): NnunetError {
  if (outcome && 'failure' in outcome) {
    const { message, remedy } = outcome.failure;
    return new NnunetError(message, { code: 'fold-failed', remedy });
  }
  const said = words.trim().split('\n').slice(-lastWords).join('\n');
  const memory = end === 'SIGKILL' ? ' Something killed it, often the system when memory runs out.' : '';
  return new NnunetError(
    `The process of fold ${fold} ended by ${end}.${memory}${said ? ` Its last words:\n${said}` : ''}.`,
    {
      code: 'fold-process-died',
      remedy:
        'Give the same command again: it goes on from the last checkpoint. Fewer --folds-in-parallel take less memory.',
    },
  );
}

/** Processes run built code: beside this file in the package, in `dist` where tests run the sources. */
function processFile(): URL {
  const fromSources = import.meta.url.endsWith('.ts');
  return new URL(fromSources ? '../../dist/fold-process.js' : './fold-process.js', import.meta.url);
}

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A Slurm of one node that runs. */
export interface OneNodeSlurm {
  /** The variables that its programs need. */
  variables: Record<string, string>;
  stop: () => Promise<void>;
}

/**
 * Starts a Slurm of one node by `tools/slurm/run.mjs`.
 *
 * @returns why there is none, as a sentence, where Slurm is not installed.
 */
export function startSlurm(): Promise<OneNodeSlurm | string> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../slurm/run.mjs', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) =>
    child.on('exit', () => {
      resolve();
    }),
  );
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => {
      resolve({
        variables: JSON.parse(line.toString()) as Record<string, string>,
        stop: async () => {
          child.stdin.end();
          await ended;
        },
      });
    });
    child.on('exit', (status) => {
      if (status === 69) {
        resolve(errors.trim());
      } else {
        reject(new Error(`tools/slurm/run.mjs ended with ${status}: ${errors}`));
      }
    });
  });
}

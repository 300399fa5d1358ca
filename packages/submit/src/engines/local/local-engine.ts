import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isGone } from '@fractura/array-files';
import { builtProgram } from '@fractura/concurrency';
import { SubmitError } from '../../errors.js';
import { isHeld, isWorkedOn, readJobState } from '../../submission/job-state.js';
import { addHandover } from '../../submission/submission-folder.js';
import type { Engine, Liveness } from '../engine.js';
import { jobRunner } from '../job-runner.js';
import { shellLine } from '../shell-words.js';

/** Held by the process that runs the jobs of a submission here. */
export const supervisorLock = (folder: string): string => join(folder, '.supervised');

const supervisorLog = (folder: string) => join(folder, 'supervisor.txt');

/** Processes of this machine, which outlive the shell: a supervisor runs the jobs, so many at once. */
export const localEngine: Engine = {
  describe: ({ folder, stages }) =>
    stages
      .flatMap(({ indices }) => indices.map((index) => shellLine([...jobRunner(), folder, String(index)])))
      .join('\n'),

  async start({ folder, stages }) {
    const log = await open(supervisorLog(folder), 'a');
    const plan = stages.map(({ indices }) => indices.join(',')).join(' ');
    const child = spawn(
      process.execPath,
      [fileURLToPath(builtProgram(import.meta.url, 'supervise-jobs')), folder, ...plan.split(' ')],
      { detached: true, stdio: ['ignore', log.fd, log.fd, 'ipc'] },
    );
    try {
      await new Promise<void>((resolve, reject) => {
        child.once('message', () => {
          resolve();
        });
        child.once('error', reject);
        child.once('exit', () => {
          reject(
            new SubmitError(`The process that runs the jobs of ${folder} ended at once.`, {
              code: 'scheduler-refused',
              remedy: `See ${supervisorLog(folder)}.`,
            }),
          );
        });
      });
    } finally {
      await log.close();
    }
    child.removeAllListeners('exit');
    if (child.connected) {
      child.disconnect();
    }
    child.unref();
    const id = `process ${child.pid}`;
    for (const { stage, indices } of stages) {
      await addHandover(folder, { id, stage, indices: [...indices] });
    }
    return [id];
  },

  async liveness(folder, { jobs }) {
    const supervised = await isHeld(supervisorLock(folder));
    const alive = new Map<number, Liveness>();
    for (const { index } of jobs) {
      const running = await isWorkedOn(folder, index);
      alive.set(index, running ? 'running' : supervised ? 'queued' : 'gone');
    }
    return alive;
  },

  async cancel(folder, _submission, indices) {
    for (const index of indices) {
      const { process: command } = await readJobState(folder, index);
      if (command !== undefined && isGone(command) === false) {
        process.kill(command.processId, 'SIGTERM');
      }
    }
  },
};

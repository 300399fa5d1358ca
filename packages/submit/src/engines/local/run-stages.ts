import { spawn } from 'node:child_process';
import { forEachConcurrently } from '@fractura/concurrency';
import { exitStatuses } from '../../runner/exit-statuses.js';
import type { Submission } from '../../submission/submission.js';
import { jobRunner } from '../job-runner.js';

/** The jobs of stages, in order, and what there is for them. */
export interface LocalStages {
  folder: string;
  submission: Submission;
  stages: readonly (readonly number[])[];
  /** Those that this process may use; each is given to one job at a time. */
  gpus: readonly string[];
  /** Of this process. */
  environment: NodeJS.ProcessEnv;
}

/**
 * Runs jobs as processes, so many at once, one where nothing else was asked for; an interrupted one is begun again. The next
 * stage begins when all jobs of one are done, and not at all where one is not.
 */
export async function runStages({ folder, submission, stages, gpus, environment }: LocalStages): Promise<void> {
  const { atOnce = 1, retries, gpus: perJob } = submission.settings;
  for (const indices of stages) {
    const free = [...gpus];
    const places = perJob === 0 ? atOnce : Math.max(1, Math.min(atOnce, Math.floor(gpus.length / perJob)));
    let isWhole = true;
    const work = async (index: number) => {
      const taken = free.splice(0, perJob);
      let status: number = exitStatuses.interrupted;
      for (let attempt = 0; attempt <= retries && isInterrupted(status); attempt += 1) {
        status = await runJob(folder, index, { ...environment, CUDA_VISIBLE_DEVICES: taken.join(',') });
      }
      free.push(...taken);
      isWhole &&= status === 0;
    };
    await forEachConcurrently(indices, work, { concurrency: places });
    if (!isWhole) {
      return;
    }
  }
}

/** A runner that was killed is an interruption too. */
const isInterrupted = (status: number): boolean => status === exitStatuses.interrupted || status === killed;

const killed = -1;

function runJob(folder: string, index: number, env: NodeJS.ProcessEnv): Promise<number> {
  const [node, ...words] = jobRunner();
  return new Promise((resolve) => {
    const child = spawn(node, [...words, folder, String(index)], { stdio: 'inherit', env });
    child.on('error', () => {
      resolve(1);
    });
    child.on('exit', (status) => {
      resolve(status ?? killed);
    });
  });
}

import { spawn, type ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { constants, hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownerOf, withLock } from '@fractura/array-files';
import { describeError } from '@fractura/command-line';
import {
  isCancelled,
  jobLock,
  logFile,
  outputFile,
  readJobState,
  writeJobState,
  type JobState,
} from '../submission/job-state.js';
import { readSubmission } from '../submission/submission-folder.js';
import type { Submission } from '../submission/submission.js';
import { exitStatuses } from './exit-statuses.js';
import { endOrphan } from './end-orphan.js';
import { jobEnvironment } from './job-environment.js';

/** A job, and how its process hears that it must end. */
export interface JobWork {
  folder: string;
  index: number;
  /** Signals that came before this began. */
  asked: readonly NodeJS.Signals[];
  /** Later ones are given to `on`. */
  pass: { on: (signal: NodeJS.Signals) => void };
  /** Of this process. */
  environment: NodeJS.ProcessEnv;
}

/**
 * Runs a job's command and writes down what became of it: standard output to `stdout.txt`, anew in each attempt, standard
 * error to `stderr.txt`, which grows. A job that another process still works on is waited for; one that is done is left alone.
 *
 * A sign to end (SIGUSR1, SIGTERM, SIGINT, SIGHUP) reaches the command as SIGTERM, once, so that it writes a checkpoint.
 *
 * @returns the exit status: 0 done; 85 interrupted, by a signal or by `kill -9`; 130 cancelled; otherwise the command's.
 */
export async function workOnJob(work: JobWork): Promise<number> {
  const { folder, index } = work;
  return withLock(jobLock(folder, index), async () => {
    const before = await readJobState(folder, index);
    if (before.state === 'done') {
      return 0;
    }
    if (isCancelled(folder, index)) {
      return exitStatuses.cancelled;
    }
    const state: JobState = {
      state: 'running',
      attempts: before.attempts + 1,
      started: new Date().toISOString(),
      host: hostname(),
      schedulerId: schedulerId(work.environment),
    };
    const submission = await readSubmission(folder);
    await endOrphan(before.process, submission.settings.graceSeconds);
    await writeJobState(folder, index, state);
    const end = await attempt(work, submission, state);
    await writeJobState(folder, index, { ...state, ...end.state, ended: new Date().toISOString() });
    return end.status === exitStatuses.interrupted && isCancelled(folder, index) ? exitStatuses.cancelled : end.status;
  });
}

/** How an attempt ended. */
interface AttemptEnd {
  state: Pick<JobState, 'state' | 'exitStatus' | 'signal'>;
  status: number;
}

async function attempt(work: JobWork, submission: Submission, state: JobState): Promise<AttemptEnd> {
  const { folder, index } = work;
  const [output, log] = [await open(outputFile(folder, index), 'w'), await open(logFile(folder, index), 'a')];
  try {
    await log.write(`--- attempt ${state.attempts} on ${hostname()}, ${new Date().toISOString()}\n`);
    const [command, ...words] = [...submission.program, ...submission.jobs[index].words];
    const child = spawn(command, words, {
      cwd: submission.directory,
      env: jobEnvironment(submission, index, work.environment),
      stdio: ['ignore', output.fd, log.fd],
    });
    const ended = endOf(child, work);
    if (child.pid !== undefined) {
      await writeJobState(folder, index, { ...state, process: ownerOf(child.pid) });
    }
    return await ended;
  } catch (error) {
    const { message, remedy = '' } = describeError(error);
    await log.write(`${message}\n${remedy}\n`);
    return { state: { state: 'failed' }, status: 1 };
  } finally {
    await output.close();
    await log.close();
  }
}

/** The statuses by which programs say that a signal ended them: 128 and its number. */
const signalStatuses = (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const).map(
  (name) => 128 + constants.signals[name],
);

function endOf(child: ChildProcess, { asked, pass }: JobWork): Promise<AttemptEnd> {
  return new Promise((resolve, reject) => {
    let told = false;
    const tell = () => {
      if (!told) {
        told = true;
        child.kill('SIGTERM');
      }
    };
    pass.on = tell;
    child.on('spawn', () => {
      if (asked.length > 0) {
        tell();
      }
    });
    child.on('error', reject);
    child.on('close', (exitStatus, signal) => {
      if (exitStatus === 0) {
        resolve({ state: { state: 'done', exitStatus }, status: 0 });
      } else if (told || exitStatus === null || signalStatuses.includes(exitStatus)) {
        const state = {
          state: 'interrupted',
          exitStatus: exitStatus ?? undefined,
          signal: signal ?? undefined,
        } as const;
        resolve({ state, status: exitStatuses.interrupted });
      } else {
        resolve({ state: { state: 'failed', exitStatus }, status: exitStatus });
      }
    });
  });
}

/** `123_4` of an array of Slurm; the name of a pod. */
function schedulerId({
  SLURM_ARRAY_JOB_ID: array,
  SLURM_ARRAY_TASK_ID: task,
  HOSTNAME: host,
  ...others
}: NodeJS.ProcessEnv) {
  if (array !== undefined) {
    return `${array}_${task}`;
  }
  return others.JOB_COMPLETION_INDEX === undefined ? undefined : host;
}

const askEveryMs = 5000;

/** Waits until jobs are done. @returns 0, or 1 as soon as one of them has failed */
export async function awaitJobs(folder: string, indices: readonly number[]): Promise<number> {
  for (;;) {
    const states = await Promise.all(indices.map((index) => readJobState(folder, index)));
    if (states.every(({ state }) => state === 'done')) {
      return 0;
    }
    if (states.some(({ state }) => state === 'failed')) {
      return 1;
    }
    await sleep(askEveryMs);
  }
}

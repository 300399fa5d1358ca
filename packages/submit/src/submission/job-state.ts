import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock, writeFileBeside, type LockOwner } from '@fractura/array-files';
import { reasonOf } from '@fractura/errors';
import { SubmitError } from '../errors.js';

/** What a job's own files say; who reads them must know as well whether the job is alive. */
export interface JobState {
  state: 'waiting' | 'running' | 'done' | 'failed' | 'interrupted';
  /** How often it was begun. */
  attempts: number;
  /** Of the last attempt, as ISO 8601. */
  started?: string;
  ended?: string;
  host?: string;
  /** What the scheduler calls the last attempt. */
  schedulerId?: string;
  /** The process of the command, so that one whose runner was killed is found. */
  process?: LockOwner;
  /** Of the command, where it ended by itself. */
  exitStatus?: number;
  /** Of the command, where a signal ended it. */
  signal?: string;
}

/** The folder of a job: `state.json`, `stdout.txt`, `stderr.txt`. */
const jobFolder = (submission: string, index: number): string => join(submission, 'jobs', String(index));

/** What a job wrote to standard output in its last attempt: its result. */
export const outputFile = (submission: string, index: number): string =>
  join(jobFolder(submission, index), 'stdout.txt');

/** What a job wrote to standard error in all attempts. */
export const logFile = (submission: string, index: number): string => join(jobFolder(submission, index), 'stderr.txt');

/** Held by the process that works on a job. */
export const jobLock = (submission: string, index: number): string => join(jobFolder(submission, index), '.in-use');

/** Whether a process works on a job. */
export const isWorkedOn = (submission: string, index: number): Promise<boolean> => isHeld(jobLock(submission, index));

/** Whether a lock is held; taken for a moment, where it is not. */
export async function isHeld(lock: string): Promise<boolean> {
  const held = new Error('held');
  try {
    await withLock(lock, () => Promise.resolve(), { refusal: () => held });
    return false;
  } catch (error) {
    if (error === held) {
      return true;
    }
    throw error;
  }
}

const stateFile = (submission: string, index: number) => join(jobFolder(submission, index), 'state.json');

/** @throws SubmitError `submission-invalid` */
export async function readJobState(submission: string, index: number): Promise<JobState> {
  const path = stateFile(submission, index);
  try {
    return JSON.parse(await readFile(path, 'utf8')) as JobState;
  } catch (cause) {
    throw new SubmitError(`${path} cannot be read: ${reasonOf(cause)}.`, {
      code: 'submission-invalid',
      remedy: 'Give the folder of a submission as it was made, with its jobs.',
      cause,
    });
  }
}

/** Replaces what is said of a job. */
export async function writeJobState(submission: string, index: number, state: JobState): Promise<void> {
  await mkdir(jobFolder(submission, index), { recursive: true });
  await writeFileBeside(stateFile(submission, index), `${JSON.stringify(state, null, 2)}\n`);
}

const cancelFile = (submission: string, index: number) => join(jobFolder(submission, index), 'cancelled');

/** Whether somebody asked for a job's end. */
export const isCancelled = (submission: string, index: number): boolean => existsSync(cancelFile(submission, index));

/** Asks for a job's end, or takes that back. */
export async function setCancelled(submission: string, index: number, cancelled: boolean): Promise<void> {
  if (cancelled) {
    await writeFileBeside(cancelFile(submission, index), `${new Date().toISOString()}\n`);
  } else {
    await rm(cancelFile(submission, index), { force: true });
  }
}

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isOver, resubmitJobs, statusesOf, submitJobs, type JobState, type JobStatus } from '@fractura/submit';
import { startSlurm, temporaryFolder, type OneNodeSlurm } from '@fractura/testing';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { jobsOfCommand } from '../../src/jobs/jobs-of-command.js';
import { fractura } from '../support/fractura.js';
import { makeTinyDataset } from '../support/tiny-dataset.js';

jest.setTimeout(3_000_000);

/** All five folds and ten blows take minutes; without the variable two folds are struck once each. */
const isWhole = process.env.FRACTURA_SLURM === '1';
const [trained, iterations] = isWhole ? ['all-folds', '400'] : ['0,1', '40'];
const folds = isWhole ? [0, 1, 2, 3, 4] : [0, 1];
const minutes = 30;

let slurm: OneNodeSlurm | string;
let root: string;
let preprocessed: string;
beforeAll(async () => {
  slurm = await startSlurm();
  root = await temporaryFolder('fractura-slurm-folds-');
});
afterAll(async () => {
  if (typeof slurm !== 'string') {
    await slurm.stop();
  }
});

const training = (fold: string, results: string) => [
  ...['train', '921', '2d', fold, '--epochs', '4', '--iterations', iterations, '--validation-iterations', '1'],
  ...['--engine', 'wasm', '--workers', '0', '--preprocessed', preprocessed, '--results', results],
];
const fileOf = (results: string, fold: number, name: string) =>
  join(results, 'Dataset921_Disks', 'nnUNetTrainer_4epochs__nnUNetPlans__2d', `fold_${fold}`, name);

/** The bytes of a fold's final tensors, without the header before them, which has times in it. */
async function tensorsOf(results: string, fold: number): Promise<Buffer> {
  const bytes = await readFile(fileOf(results, fold, 'checkpoint_final.safetensors'));
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
}

/** Epochs that a fold has kept so far. */
async function epochsOf(results: string, fold: number): Promise<number> {
  const file = fileOf(results, fold, 'checkpoint_latest.json');
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as { state: { epoch: number } }).state.epoch : 0;
}

/** A fold's job, as Slurm and the machine know it. */
interface Struck {
  task: string;
  command: number;
  runner: number;
}
/** What is done to a fold's job, once so many epochs are kept. */
interface Blow {
  fold: number;
  epochs: number;
  strike: (job: Struck) => void;
  /** Done once the job runs again. */
  mend?: (job: Struck) => void;
}
/** Not waited for: scancel asks Slurm again and again while a task is about to begin. */
const run = (command: string, ...words: string[]) => spawn(command, words, { stdio: 'ignore', env: process.env });
const limitTo = (limit: number) => (job: Struck) =>
  run('scontrol', 'update', `JobId=${job.task}`, `TimeLimit=${limit}`);
const blowsOf = {
  killCommand: { strike: ({ command }: Struck) => process.kill(command, 'SIGKILL') },
  killRunner: { strike: ({ runner }: Struck) => process.kill(runner, 'SIGKILL') },
  signalNode: { strike: ({ task }: Struck) => run('scancel', '--signal=USR1', '--batch', task) },
  requeue: { strike: ({ task }: Struck) => run('scontrol', 'requeue', task) },
  cancel: { strike: ({ task }: Struck) => run('scancel', task) },
  // Less than the seconds of grace is left, so that Slurm warns the job at its next look.
  timeLimit: { strike: limitTo(1), mend: limitTo(minutes) },
};
const blows: Blow[] = isWhole
  ? [
      { fold: 0, epochs: 0, ...blowsOf.killCommand },
      { fold: 0, epochs: 2, ...blowsOf.killRunner },
      { fold: 1, epochs: 1, ...blowsOf.signalNode },
      { fold: 1, epochs: 3, ...blowsOf.killCommand },
      { fold: 2, epochs: 0, ...blowsOf.signalNode },
      { fold: 2, epochs: 2, ...blowsOf.cancel },
      { fold: 3, epochs: 1, ...blowsOf.requeue },
      { fold: 3, epochs: 2, ...blowsOf.killRunner },
      { fold: 4, epochs: 1, ...blowsOf.timeLimit },
      { fold: 4, epochs: 3, ...blowsOf.killCommand },
    ]
  : [
      { fold: 0, epochs: 1, ...blowsOf.killCommand },
      { fold: 1, epochs: 1, ...blowsOf.signalNode },
    ];

test('folds that are interrupted again and again end with the weights of an unbroken run', async () => {
  if (typeof slurm === 'string') {
    console.warn(`Skipped: ${slurm}`);
    return;
  }
  Object.assign(process.env, slurm.variables);
  ({ preprocessed } = await makeTinyDataset(root));
  const [unbroken, results, folder] = ['unbroken', 'results', 'submission'].map((name) => join(root, name));
  expect(await fractura(...training(folds.join(','), unbroken))).toMatchObject({ status: 0 });

  const command = training(trained, results);
  const jobs = (await jobsOfCommand(command, {}))!;
  await submitJobs(folder, {
    version: 1,
    name: 'folds',
    engine: 'slurm',
    created: new Date().toISOString(),
    command,
    program: [process.execPath, fileURLToPath(new URL('../../dist/bin.js', import.meta.url))],
    directory: root,
    environment: {},
    settings: {
      retries: 20,
      graceSeconds: 120,
      gpus: 0,
      minutes,
      slurm: { modules: [], options: [], node: process.execPath },
    },
    jobs: jobs.map((job, index) => ({ index, ...job })),
  });

  const left = [...blows];
  const struck = folds.map((): { attempts: number; mend?: Blow['mend'] } => ({ attempts: 0 }));
  /** Deals the next blow to a fold's job, one in each attempt. */
  const look = async (fold: number) => {
    const job = JSON.parse(await readFile(join(folder, 'jobs', String(fold), 'state.json'), 'utf8')) as JobState;
    const next = left.find((blow) => blow.fold === fold);
    if (job.state !== 'running' || job.process === undefined || job.attempts <= struck[fold].attempts) {
      return;
    }
    const owner = await readFile(join(folder, 'jobs', String(fold), '.in-use', 'owner.json'), 'utf8');
    const { processId: runner } = JSON.parse(owner) as { processId: number };
    const target = { task: job.schedulerId!, command: job.process.processId, runner };
    struck[fold].mend?.(target);
    struck[fold].mend = undefined;
    if (next !== undefined && (await epochsOf(results, fold)) >= next.epochs) {
      next.strike(target);
      struck[fold] = { attempts: job.attempts, mend: next.mend };
      left.splice(left.indexOf(next), 1);
    }
  };
  let statuses: JobStatus[] = [];
  const isDone = () => statuses.length > 0 && statuses.every(({ state }) => state === 'done');
  let resubmissions = 0;
  const watch = async () => {
    while (!isDone()) {
      statuses = await statusesOf(folder);
      if (statuses.every(isOver) && !isDone()) {
        // The fold that scancel ended, and the comparison that needed it.
        resubmissions += 1;
        expect(resubmissions).toBe(1);
        expect(statuses.map(({ state }) => state)).toEqual(['done', 'done', 'interrupted', 'done', 'done', 'skipped']);
        await resubmitJobs(folder);
      }
      await sleep(1000);
    }
  };
  const strikeAll = async () => {
    while (!isDone()) {
      for (const fold of folds) {
        await look(fold);
      }
      await sleep(20);
    }
  };
  await Promise.all([watch(), strikeAll()]);
  expect(left).toEqual([]);
  const attempts = statuses.slice(0, folds.length).map((status) => status.attempts);
  expect(attempts).toEqual(folds.map((fold) => 1 + blows.filter((blow) => blow.fold === fold).length));
  for (const fold of folds) {
    expect(await tensorsOf(results, fold)).toEqual(await tensorsOf(unbroken, fold));
  }
  expect(existsSync(join(results, 'Dataset921_Disks', 'inference_instructions.txt'))).toBe(isWhole);
});

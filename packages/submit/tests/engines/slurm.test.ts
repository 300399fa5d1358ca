import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSlurm, temporaryFolder, type OneNodeSlurm } from '@fractura/testing';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { collectResults } from '../../src/control/collect-results.js';
import { isOver, type JobStatus } from '../../src/control/job-status.js';
import { statusesOf } from '../../src/control/statuses-of.js';
import { cancelJobs, resubmitJobs, submitJobs } from '../../src/control/submit-jobs.js';
import type { JobSettings } from '../../src/submission/submission.js';
import { submissionOf } from '../support/submission.js';

jest.setTimeout(600_000);

let slurm: OneNodeSlurm | string;
beforeAll(async () => {
  slurm = await startSlurm();
  if (typeof slurm !== 'string') {
    Object.assign(process.env, slurm.variables);
  }
});
afterAll(async () => {
  if (typeof slurm !== 'string') {
    await slurm.stop();
  }
});

let root: string;
let folder: string;
beforeEach(async () => {
  root = await temporaryFolder('fractura-slurm-test-');
  folder = join(root, 'submission');
});

/** A test that is skipped with a message where Slurm is not installed. */
function withSlurm(name: string, body: () => Promise<void>): void {
  test(name, async () => {
    if (typeof slurm === 'string') {
      console.warn(`Skipped: ${slurm}`);
      return;
    }
    await body();
  });
}

const settings: JobSettings = {
  retries: 5,
  graceSeconds: 30,
  gpus: 0,
  minutes: 5,
  slurm: { modules: [], options: [], node: process.execPath },
};
const submission = (programs: Parameters<typeof submissionOf>[0], changes: Partial<JobSettings> = {}) =>
  submissionOf(programs, { engine: 'slurm', directory: root, settings: { ...settings, ...changes } });

async function until(holds: (statuses: JobStatus[]) => boolean): Promise<JobStatus[]> {
  for (;;) {
    const statuses = await statusesOf(folder);
    if (holds(statuses)) {
      return statuses;
    }
    await sleep(200);
  }
}
const over = () => until((statuses) => statuses.every(isOver));
const states = (statuses: JobStatus[]) => statuses.map(({ state }) => state);

/** Goes on at the step that was saved, one step in so many milliseconds. */
const resumable = (name: string, steps: number, milliseconds: number) => {
  const file = JSON.stringify(join(root, name));
  return `
    const fs = require('fs');
    let step = fs.existsSync(${file}) ? Number(fs.readFileSync(${file}, 'utf8')) : 0;
    const begun = step;
    process.on('SIGTERM', () => { fs.writeFileSync(${file}, String(step)); process.exit(130); });
    setInterval(() => { step += 1; if (step >= ${steps}) { console.log(JSON.stringify({ step, begun })); process.exit(0); } }, ${milliseconds});`;
};

withSlurm('an array runs, the next stage follows it, and the results are collected', async () => {
  await submitJobs(folder, submission([`console.log(1)`, `console.log(2)`, { code: `console.log(3)`, stage: 1 }]));
  const statuses = await over();
  expect(states(statuses)).toEqual(['done', 'done', 'done']);
  expect((await collectResults(folder, statuses)).map(({ result }) => result)).toEqual([1, 2, 3]);
  expect(statuses[2].started! >= statuses[1].ended!).toBe(true);
});

withSlurm('a failed task is not requeued, its follower is ended by Slurm, and resubmit does both', async () => {
  const file = JSON.stringify(join(root, 'once'));
  const fails = `const fs = require('fs'); if (!fs.existsSync(${file})) { fs.writeFileSync(${file}, ''); process.exit(3); }`;
  await submitJobs(folder, submission(['0', fails, { code: '0', stage: 1 }]));
  const statuses = await over();
  expect(states(statuses)).toEqual(['done', 'failed', 'skipped']);
  expect(statuses[1]).toMatchObject({ attempts: 1, exitStatus: 3 });
  expect(await resubmitJobs(folder)).toMatchObject({ indices: [1, 2] });
  expect(states(await over())).toEqual(['done', 'done', 'done']);
  expect((await statusesOf(folder))[0].attempts).toBe(1);
});

withSlurm('before the limit of time a job saves its state; it is requeued alone and goes on', async () => {
  // A limit of one minute, signalled 50 seconds before: the job of 25 seconds needs several attempts.
  await submitJobs(folder, submission(['0', resumable('long', 250, 100)], { minutes: 1, graceSeconds: 50 }));
  const statuses = await over();
  expect(states(statuses)).toEqual(['done', 'done']);
  expect(statuses[0].attempts).toBe(1);
  expect(statuses[1].attempts).toBeGreaterThan(1);
  const [, { result }] = await collectResults(folder, statuses);
  expect((result as { begun: number }).begun).toBeGreaterThan(0);
});

withSlurm('an interrupted job is requeued so many times and no more', async () => {
  await submitJobs(folder, submission([`process.kill(process.pid, 'SIGKILL')`], { retries: 1 }));
  expect(await over()).toMatchObject([{ state: 'interrupted', attempts: 2 }]);
});

withSlurm('cancel ends a running task after its checkpoint, and one that waits', async () => {
  await submitJobs(folder, submission([resumable('a', 3000, 100), '0'], { atOnce: 1 }));
  await until(([{ process: command }]) => command !== undefined);
  await sleep(1000);
  expect(await cancelJobs(folder)).toEqual([0, 1]);
  expect(states(await over())).toEqual(['cancelled', 'cancelled']);
});

withSlurm('what Slurm refuses is told in its words, and the jobs count as lost', async () => {
  const refused = submission(['0'], { slurm: { ...settings.slurm!, partition: 'nowhere' } });
  await expect(submitJobs(folder, refused)).rejects.toThrow(/sbatch .*nvalid partition/);
  expect(states(await statusesOf(folder))).toEqual(['lost']);
});

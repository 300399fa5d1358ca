import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '@fractura/testing';
import { beforeEach, expect, jest, test } from '@jest/globals';
import { collectResults } from '../../src/control/collect-results.js';
import { isOver, type JobStatus } from '../../src/control/job-status.js';
import { logFile } from '../../src/submission/job-state.js';
import { statusesOf } from '../../src/control/statuses-of.js';
import { cancelJobs, resubmitJobs, submitJobs } from '../../src/control/submit-jobs.js';
import { submissionOf } from '../support/submission.js';

jest.setTimeout(60_000);

let root: string;
let folder: string;
beforeEach(async () => {
  root = await temporaryFolder('fractura-submit-');
  folder = join(root, 'submission');
});

const file = (name: string) => JSON.stringify(join(root, name));

async function over(): Promise<JobStatus[]> {
  return until((statuses) => statuses.every(isOver));
}

async function until(holds: (statuses: JobStatus[]) => boolean): Promise<JobStatus[]> {
  for (;;) {
    const statuses = await statusesOf(folder);
    if (holds(statuses)) {
      return statuses;
    }
    await sleep(50);
  }
}
const states = (statuses: JobStatus[]) => statuses.map(({ state }) => state);

/** Counts its beginnings in a file, and says so. */
const counting = (name: string, then: string) =>
  `const fs = require('fs'); fs.appendFileSync(${file(name)}, 'x'); const n = fs.readFileSync(${file(name)}).length; ${then}`;

test('jobs run, leave results and logs, and are collected; the next stage comes after all of them', async () => {
  const last = `console.log(JSON.stringify(require('fs').readFileSync(${file('a')}, 'utf8')))`;
  await submitJobs(
    folder,
    submissionOf([
      `console.log(JSON.stringify({ dice: 0.5 })); console.error('a word')`,
      `setTimeout(() => require('fs').writeFileSync(${file('a')}, 'first'), 300)`,
      { code: last, stage: 1 },
    ]),
  );
  const statuses = await over();
  expect(states(statuses)).toEqual(['done', 'done', 'done']);
  expect((await collectResults(folder, statuses)).map(({ result }) => result)).toEqual([{ dice: 0.5 }, '', 'first']);
  expect(await readFile(logFile(folder, 0), 'utf8')).toMatch(/^--- attempt 1 on .*\na word\n$/);
});

test('no more jobs at once than were asked for', async () => {
  const job = `
    const fs = require('fs'); const me = ${file('at-')} + process.pid; fs.writeFileSync(me, '');
    setTimeout(() => { console.log(fs.readdirSync(${file('')}).filter((n) => n.startsWith('at-')).length); fs.rmSync(me); }, 400)`;
  const settings = { retries: 0, graceSeconds: 5, gpus: 0, atOnce: 2 };
  await submitJobs(folder, submissionOf([job, job, job, job], { settings }));
  const counts = (await collectResults(folder, await over())).map(({ result }) => result as number);
  expect(Math.max(...counts)).toBe(2);
});

test('a failed job is not begun again by itself, its followers are skipped, and resubmit does both', async () => {
  const fails = counting('count', `if (n === 1) { console.error('why'); process.exit(4); }`);
  await submitJobs(folder, submissionOf([fails, '0', { code: '0', stage: 1 }]));
  const statuses = await over();
  expect(states(statuses)).toEqual(['failed', 'done', 'skipped']);
  expect(statuses[0]).toMatchObject({ exitStatus: 4, attempts: 1 });
  expect(await resubmitJobs(folder)).toMatchObject({ indices: [0, 2] });
  expect(states(await over())).toEqual(['done', 'done', 'done']);
  await expect(resubmitJobs(folder)).rejects.toMatchObject({ code: 'nothing-to-resubmit' });
});

test('a job that is killed is begun again, so many times', async () => {
  const dies = counting('count', `if (n < 3) { process.kill(process.pid, 'SIGKILL'); }`);
  const always = `process.kill(process.pid, 'SIGKILL')`;
  await submitJobs(folder, submissionOf([dies, always]));
  const statuses = await over();
  expect(states(statuses)).toEqual(['done', 'interrupted']);
  expect(statuses.map(({ attempts }) => attempts)).toEqual([3, 3]);
});

test('of a runner that is killed, the command is ended before the job is begun again', async () => {
  const job = counting(
    'count',
    `process.on('SIGTERM', () => { fs.writeFileSync(${file('ended')}, ''); process.exit(130); });
     if (n === 1) { setInterval(() => 0, 1000); } else { console.log(fs.existsSync(${file('ended')})); }`,
  );
  await submitJobs(folder, submissionOf([job]));
  await until(([{ process: command }]) => command !== undefined);
  await sleep(500);
  const owner = JSON.parse(await readFile(join(folder, 'jobs', '0', '.in-use', 'owner.json'), 'utf8')) as {
    processId: number;
  };
  process.kill(owner.processId, 'SIGKILL');
  const statuses = await over();
  expect(statuses[0]).toMatchObject({ state: 'done', attempts: 2 });
  expect((await collectResults(folder, statuses))[0].result).toBe(true);
});

test('cancel ends a running job after its checkpoint and keeps waiting ones from beginning', async () => {
  const runs = `process.on('SIGTERM', () => { require('fs').writeFileSync(${file('saved')}, ''); process.exit(130); }); setInterval(() => 0, 1000)`;
  await submitJobs(folder, submissionOf([runs, '0']));
  await until(([{ process: command }]) => command !== undefined);
  await sleep(500);
  expect(await cancelJobs(folder)).toEqual([0, 1]);
  expect(states(await over())).toEqual(['cancelled', 'cancelled']);
  expect(await readdir(root)).toContain('saved');
});

test('a second submission into the same folder is refused, also while the first is being made', async () => {
  const both = await Promise.allSettled([1, 2].map(() => submitJobs(folder, submissionOf(['0']))));
  expect(both.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  await expect(submitJobs(folder, submissionOf(['0']))).rejects.toMatchObject({ code: 'submission-exists' });
  await over();
});

test('a program that does not exist fails with its name in the log', async () => {
  await submitJobs(folder, submissionOf(['0'], { program: ['/nowhere/program'] }));
  expect(states(await over())).toEqual(['failed']);
  expect(await readFile(logFile(folder, 0), 'utf8')).toContain('/nowhere/program');
});

test('a folder that is no submission, and one with a damaged state, are told', async () => {
  await expect(statusesOf(root)).rejects.toMatchObject({ code: 'submission-missing' });
  await submitJobs(folder, submissionOf(['0']));
  await over();
  await writeFile(join(folder, 'jobs', '0', 'state.json'), '{');
  await expect(statusesOf(folder)).rejects.toMatchObject({ code: 'submission-invalid' });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { startRun } from './support/run-program.js';

const start = (out: string) => startRun('--out', out);

/** Waits until a process holds the output folder. */
async function heldBy(processId: number, out: string): Promise<void> {
  const owner = join(out, '.in-use', 'owner.json');
  while (!(await readFile(owner, 'utf8').catch(() => '')).includes(`"processId":${processId},`)) {
    await setTimeout(20);
  }
}

test('a second run in the same folder is refused while the first goes on, and goes on at once when that was killed', async () => {
  const out = join(await temporaryFolder('fractura-locked-run-'), 'out');
  const first = start(out);
  await heldBy(first.child.pid!, out);
  const second = await start(out).ended;
  expect(second).toMatchObject({
    end: 1,
    errors: expect.stringContaining(`${out} is in use by process ${first.child.pid} on `),
  });
  first.child.kill('SIGKILL');
  expect(await first.ended).toMatchObject({ end: 'SIGKILL' });
  const third = start(out);
  await heldBy(third.child.pid!, out);
  third.child.kill('SIGKILL');
  await third.ended;
}, 60_000);

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import type { Manifest } from '../src/index.js';
import { tinySettings } from './support/tiny-study.js';

const program = fileURLToPath(new URL('../dist/bin.js', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder('fractura-killed-');
  // JSON is YAML.
  await writeFile(join(folder, 'settings.yaml'), JSON.stringify(tinySettings));
});

/** Starts `fractura run` in a process of its own, on WASM, which computes the same bits every time. */
function start(out: string) {
  const args = ['run', '--engine', 'wasm', '--config', join(folder, 'settings.yaml'), '--out', join(folder, out)];
  const child = spawn(process.execPath, [program, ...args], {
    stdio: 'ignore',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('close', (code, signal) => {
      resolve(signal ?? code ?? 1);
    });
  });
  return { child, ended };
}

/** Kills the run without warning once a stage has begun. */
async function killIn(stage: string, out: string) {
  const { child, ended } = start(out);
  const begun = join(folder, out, 'stages', `${stage}.json`);
  let status: number | NodeJS.Signals | undefined;
  void ended.then((end) => (status = end));
  while (!existsSync(begun) && status === undefined) {
    await setTimeout(10);
  }
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
}

async function resultsOf(out: string): Promise<Manifest['results']> {
  return (JSON.parse(await readFile(join(folder, out, 'run.json'), 'utf8')) as Manifest).results;
}

test('killed in a conversion, a training and a classifier, the same command ends with the results of an unbroken run', async () => {
  expect(await start('unbroken').ended).toBe(0);
  for (const stage of ['convert', 'train-fold-1', 'classify-both']) {
    await killIn(stage, 'killed');
  }
  expect(await start('killed').ended).toBe(0);
  expect(await resultsOf('killed')).toEqual(await resultsOf('unbroken'));
}, 600_000);

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { fractura } from '../support/fractura.js';
import { makeTinyDataset } from '../support/tiny-dataset.js';

const program = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

test('while a process trains a fold, a second is refused; when the first was killed, the next goes on at once', async () => {
  const { preprocessed, results } = await makeTinyDataset(await temporaryFolder('fractura-locked-'));
  const args = [
    ...['train', '921', '2d', '0', '--preprocessed', preprocessed, '--results', results, '--engine', 'wasm'],
    ...['--workers', '0', '--epochs', '2', '--validation-iterations', '1', '--iterations'],
  ];
  const first = spawn(process.execPath, [program, ...args, '100000'], {
    stdio: 'ignore',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const ended = new Promise((resolve) => {
    first.on('close', (code, signal) => {
      resolve(signal ?? code);
    });
  });
  const fold = join(results, 'Dataset921_Disks', 'nnUNetTrainer_2epochs__nnUNetPlans__2d', 'fold_0');
  while (!existsSync(join(fold, '.in-use'))) {
    expect(first.exitCode).toBeNull();
    await setTimeout(20);
  }
  const second = await fractura(...args, '1');
  expect(second.errors).toContain(`${fold} is in use by process ${first.pid} on `);
  expect(second.errors).toContain('Wait until it ends, or choose another folder.');
  expect(second.status).toBe(1);

  first.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  expect(await fractura(...args, '1')).toMatchObject({ status: 0 });
  expect(readdirSync(fold)).not.toContain('.in-use');
}, 60_000);

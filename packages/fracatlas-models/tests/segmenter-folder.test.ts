import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { segmenterFolder } from '../src/index.js';

const folder = segmenterFolder();
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  statSync(join(folder, name)).isFile(),
);

test('the model is whole, and of at most 8 MB', () => {
  expect(files.sort()).toEqual([
    'cutoff.json',
    'dataset.json',
    join('fold_0', 'checkpoint_final.safetensors'),
    'plans.json',
  ]);
  const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(bytes).toBeLessThan(8e6);
});

test('its card names the SHA-256 of the network', () => {
  const weights = readFileSync(join(folder, 'fold_0', 'checkpoint_final.safetensors'));
  const card = readFileSync(fileURLToPath(new URL('../MODEL_CARD.md', import.meta.url)), 'utf8');
  expect(card).toContain(createHash('sha256').update(weights).digest('hex'));
});

test('no path of the machine that trained it is in its files', () => {
  for (const name of files) {
    expect(readFileSync(join(folder, name), 'latin1')).not.toMatch(/\/(home|root|tmp|work|Users)\//);
  }
});

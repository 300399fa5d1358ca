import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { settingsJsonSchema } from '../../src/index.js';
import { fractura } from '../support/fractura.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder('fractura-init-');
});

test('init writes a settings file and does not overwrite one unless told to', async () => {
  const file = join(folder, 'study.yaml');
  expect(await fractura('init', file)).toMatchObject({ status: 0, output: `${file}\n` });
  expect(await readFile(file, 'utf8')).toContain('epochs: 20');
  expect(await fractura('init', file)).toMatchObject({ status: 1, errors: expect.stringContaining(`${file} exists.`) });
  expect(await fractura('init', file, '--force')).toMatchObject({ status: 0 });
});

test('init --schema writes the JSON Schema too, and the settings file points to it', async () => {
  const [file, schema] = [join(folder, 'checked.yaml'), join(folder, 'checked.schema.json')];
  expect(await fractura('init', file, '--schema', schema)).toMatchObject({ status: 0 });
  expect(JSON.parse(await readFile(schema, 'utf8'))).toEqual(settingsJsonSchema());
  expect(await readFile(file, 'utf8')).toMatch(/^# yaml-language-server: \$schema=checked\.schema\.json\n/);
});

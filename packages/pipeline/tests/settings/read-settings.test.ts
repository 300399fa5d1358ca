import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readSettings } from '../../src/settings/read-settings.js';

const folder = mkdtempSync(join(tmpdir(), 'fractura-settings-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

test('a YAML file and the settings of a manifest are read', async () => {
  expect(await readSettings(write('some.yaml', 'epochs: 7\nmirroring: false\n'))).toEqual({
    epochs: 7,
    mirroring: false,
  });
  const manifest = write('run.json', JSON.stringify({ format: 1, settings: { size: 32 } }));
  expect(await readSettings(manifest)).toEqual({ size: 32 });
});

test.each([
  ['list.yaml', '- 1', 'settings-unreadable'],
  ['empty.yaml', '', 'settings-unreadable'],
  ['broken.json', '{"a": ', 'settings-unreadable'],
  ['bad.yaml', 'folds: 1', 'setting-invalid'],
  ['unknown.yaml', 'fold: 5', 'setting-unknown'],
])('%s is refused with its name', async (name, text, code) => {
  const file = write(name, text);
  await expect(readSettings(file)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(file),
    remedy: expect.stringMatching(/\.$/),
  });
});

test('a file that does not exist is named', async () => {
  const file = join(folder, 'absent.yaml');
  await expect(readSettings(file)).rejects.toMatchObject({
    code: 'settings-unreadable',
    message: expect.stringContaining(file),
  });
});

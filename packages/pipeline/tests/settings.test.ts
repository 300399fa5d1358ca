import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, radiographSettings, resolveSettings, syntheticSettings } from '../src/run/settings.js';
import { settingsTemplate } from '../src/run/settings-template.js';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe('settings', () => {
  test('later layers win and absent values change nothing', () => {
    const settings = resolveSettings(syntheticSettings, { epochs: 7, size: 96 }, { epochs: undefined, size: 128 });
    expect(settings).toEqual({ ...syntheticSettings, epochs: 7, size: 128 });
  });

  test('a bad value is refused by name, value and range', () => {
    expect(() => resolveSettings(syntheticSettings, { folds: 1 })).toThrow('the setting folds is 1');
    expect(() => resolveSettings(syntheticSettings, { epochs: 1.5 })).toThrow('epochs is 1.5');
    expect(() => resolveSettings(syntheticSettings, { mirroring: 'yes' })).toThrow('mirroring is "yes"');
    expect(() => resolveSettings(syntheticSettings, { epoch: 1 })).toThrow('there is no setting epoch');
  });

  test('the template is a settings file that says what the defaults say', async () => {
    const file = write('settings.yaml', settingsTemplate(radiographSettings));
    expect(resolveSettings(syntheticSettings, await readSettings(file))).toEqual(radiographSettings);
  });

  test('the settings of a manifest are read, and a file without settings is refused', async () => {
    const manifest = write('run.json', JSON.stringify({ seed: 0, settings: { size: 32 } }));
    expect(await readSettings(manifest)).toEqual({ size: 32 });
    await expect(readSettings(write('list.yaml', '- 1'))).rejects.toThrow('holds no settings');
    await expect(readSettings(write('broken.json', '{"a": '))).rejects.toMatchObject({ code: 'bad-config' });
    await expect(readSettings(join(folder, 'absent.yaml'))).rejects.toThrow('ENOENT');
  });
});

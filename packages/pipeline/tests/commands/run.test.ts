import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import { optionName } from '../../src/settings/setting-options.js';
import { settingNames } from '../../src/settings/run-settings.js';
import { fractura } from '../support/fractura.js';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder('fractura-run-command-');
});

test('the help has one option for every setting, with range, choices and default', async () => {
  const { output } = await fractura('run', '--help');
  for (const name of settingNames) {
    expect(output).toContain(`--${optionName(name)} `);
  }
  const help = output.replace(/\s+/g, ' ');
  expect(help).toContain('in pixels (16 to 4096; default: 448, synthetic atlas: 64)');
  expect(help).toContain('[choices: "default", "light", "none"]');
});

test('bad options, settings files and manifests end the command before any work', async () => {
  const out = join(folder, 'out');
  const usage = await fractura('run', '--out', out, '--folds', '1');
  expect(usage).toMatchObject({
    status: 2,
    errors: expect.stringContaining('--folds is 1; it must be a whole number'),
  });
  const config = join(folder, 'bad.yaml');
  await writeFile(config, 'epoch: 5\n');
  const unknown = await fractura('run', '--out', out, '--config', config);
  expect(unknown.errors).toContain(`error: ${config}: There is no setting epoch.\n       Did you mean epochs? `);
  const manifest = join(folder, 'run.json');
  await writeFile(manifest, '{"settings": {}}');
  expect((await fractura('run', '--out', out, '--from', manifest)).errors).toContain(manifest);
});

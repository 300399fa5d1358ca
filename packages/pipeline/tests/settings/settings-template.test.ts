import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { radiographSettings } from '../../src/settings/default-settings.js';
import { resolveSettings } from '../../src/settings/resolve-settings.js';
import { settingNames, type RunSettings } from '../../src/settings/run-settings.js';
import { settingsTemplate } from '../../src/settings/settings-template.js';

test('the template holds every setting with its value and an explanation', () => {
  const template = settingsTemplate(radiographSettings);
  const settings = parse(template) as RunSettings;
  expect(Object.keys(settings)).toEqual(settingNames);
  expect(resolveSettings(radiographSettings, settings)).toEqual(radiographSettings);
  expect(template).toContain(
    '# folds of the cross-validation of the segmentation (a whole number from 2 to 20)\nfolds: 5\n',
  );
});

test('the first line names the schema where there is one', () => {
  expect(settingsTemplate(radiographSettings, 'a.json')).toMatch(/^# yaml-language-server: \$schema=a\.json\n/);
  expect(settingsTemplate(radiographSettings)).not.toContain('$schema');
});

import { expect, test } from '@jest/globals';
import { radiographSettings } from '../../src/settings/default-settings.js';
import { settingNames } from '../../src/settings/run-settings.js';
import { settingsJsonSchema } from '../../src/settings/settings-json-schema.js';

const schema = settingsJsonSchema() as {
  properties: Record<string, { description: string; default: unknown }>;
};

test('the schema describes every setting, with its default, and refuses any other', () => {
  expect(Object.keys(schema.properties)).toEqual(settingNames);
  for (const name of settingNames) {
    expect(schema.properties[name].description).toMatch(/\w/);
    expect(schema.properties[name].default).toBe(radiographSettings[name]);
  }
  expect(schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of fractura run',
    type: 'object',
    additionalProperties: false,
  });
});

test('the schema has the types and ranges that errors name, and no setting is required', () => {
  expect(schema.properties).toMatchObject({
    folds: { type: 'integer', minimum: 2, maximum: 20 },
    momentum: { type: 'number', minimum: 0, maximum: 1 },
    planFor: { type: 'string', enum: ['gpu', 'cpu'] },
    mirroring: { type: 'boolean' },
  });
  expect(schema).not.toHaveProperty('required');
});

import { z } from 'zod';
import { radiographSettings } from './default-settings.js';
import { runSettings, settingNames } from './run-settings.js';

/**
 * JSON Schema (draft 7) of a settings file, with descriptions, ranges and defaults, for editors that check YAML while it is
 * written.
 */
export function settingsJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(runSettings.partial(), {
    target: 'draft-7',
    override: ({ jsonSchema, path }) => {
      const name = settingNames.find((setting) => path.length === 2 && path[1] === setting);
      if (name === undefined) {
        jsonSchema.title = 'Settings of fractura run';
      } else {
        jsonSchema.default = radiographSettings[name];
      }
    },
  });
}

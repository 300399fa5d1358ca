import { access } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { defineCommand, UsageError } from '@fractura/command-line';
import { writeFileBeside } from '@fractura/array-files';
import { PipelineError } from '../errors.js';
import { radiographSettings } from '../settings/default-settings.js';
import { settingsJsonSchema } from '../settings/settings-json-schema.js';
import { settingsTemplate } from '../settings/settings-template.js';
import { headings } from './headings.js';

/** `fractura init`: a settings file to edit. */
export const initCommand = defineCommand({
  ...headings.init,
  positionals: { file: { kind: 'string', describe: 'settings file to write', default: 'fractura.yaml' } },
  options: {
    schema: { kind: 'string', describe: 'also write a JSON Schema to this file, by which editors check the settings' },
    force: { kind: 'boolean', describe: 'overwrite files that exist', default: false },
  },
  examples: [
    ['', 'writes fractura.yaml'],
    ['study.yaml', 'writes study.yaml'],
    ['--schema fractura.schema.json', 'writes fractura.yaml and its schema; the first line tells editors where it is'],
  ],
  run: async ({ file, schema, force }, { print }) => {
    if (schema !== undefined && resolve(schema) === resolve(file)) {
      throw new UsageError(`${file} cannot hold the settings and their schema.`, {
        remedy: 'Give --schema another name.',
      });
    }
    const files = schema === undefined ? [file] : [schema, file];
    if (!force) {
      await Promise.all(files.map(refuseExisting));
    }
    if (schema === undefined) {
      await writeFileBeside(file, settingsTemplate(radiographSettings));
    } else {
      await writeFileBeside(schema, `${JSON.stringify(settingsJsonSchema(), undefined, 2)}\n`);
      await writeFileBeside(file, settingsTemplate(radiographSettings, relativeUrl(dirname(file), schema)));
    }
    print(file);
  },
});

async function refuseExisting(file: string): Promise<void> {
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists) {
    throw new PipelineError(`${file} exists.`, { code: 'file-exists', remedy: 'Add --force to overwrite it.' });
  }
}

/** A file's place as seen from a folder, with forward slashes on every system. */
function relativeUrl(folder: string, file: string): string {
  return encodeURI(relative(folder, file).replaceAll('\\', '/'));
}

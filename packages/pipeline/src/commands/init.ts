import { access } from 'node:fs/promises';
import { defineCommand } from '@fractura/command-line';
import writeFileAtomic from 'write-file-atomic';
import { PipelineError } from '../errors.js';
import { radiographSettings } from '../run/settings.js';
import { settingsTemplate } from '../run/settings-template.js';

/** `fractura init`: a settings file to edit. */
export const initCommand = defineCommand({
  name: 'init',
  summary: 'Writes a commented settings file for fractura run.',
  positionals: { file: { kind: 'string', describe: 'where to', default: 'fractura.yaml' } },
  options: { force: { kind: 'boolean', describe: 'overwrite a file that is there', default: false } },
  examples: [
    ['', 'writes fractura.yaml'],
    ['study.yaml', 'writes study.yaml'],
  ],
  run: async ({ file, force }, { print }) => {
    const exists = await access(file).then(
      () => true,
      () => false,
    );
    if (exists && !force) {
      throw new PipelineError(`${file} exists.`, { code: 'file-exists', remedy: 'Say --force to overwrite it.' });
    }
    await writeFileAtomic(file, settingsTemplate(radiographSettings));
    print(file);
  },
});

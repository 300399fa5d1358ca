import { readFile } from 'node:fs/promises';
import { reasonOf } from '@fractura/errors';
import { parse } from 'yaml';
import { PipelineError } from '../errors.js';
import { checkSettings } from './check-settings.js';
import type { RunSettings } from './run-settings.js';

/**
 * Reads a settings file (YAML, as `fractura init` writes it) or the `settings` of a manifest (`run.json`).
 *
 * @throws PipelineError `settings-unreadable`, `setting-unknown`, `setting-invalid`; each names the file.
 */
export async function readSettings(file: string): Promise<Partial<RunSettings>> {
  const content = await parseFile(file);
  if (!isObject(content)) {
    throw new PipelineError(`${file} holds no settings.`, {
      code: 'settings-unreadable',
      remedy: 'Give a file of lines such as "epochs: 50"; fractura init writes one.',
    });
  }
  return checkSettings(isObject(content.settings) ? content.settings : content, file);
}

async function parseFile(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new PipelineError(`${file} cannot be read: ${reasonOf(cause)}.`, {
      code: 'settings-unreadable',
      remedy: 'Give a YAML file of settings; fractura init writes one.',
      cause,
    });
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

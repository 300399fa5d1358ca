import { nearestName } from '@fractura/command-line';
import type { z } from 'zod';
import { PipelineError } from '../errors.js';
import { allowedValues, runSettings, settingNames, type RunSettings, type SettingName } from './run-settings.js';

const someSettings = runSettings.partial();

/**
 * Checks some settings; those that are `undefined` count as not given.
 *
 * @param source the file that they come from, for messages.
 * @throws PipelineError `setting-unknown` with the nearest known name; `setting-invalid` that names every bad setting, its
 *   value and what is allowed.
 */
export function checkSettings(given: Readonly<Record<string, unknown>>, source?: string): Partial<RunSettings> {
  const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { success, data, error } = someSettings.safeParse(values);
  if (success) {
    return data;
  }
  const prefix = source === undefined ? '' : `${source}: `;
  const unknown = unknownNames(error.issues);
  if (unknown.length > 0) {
    throw new PipelineError(`${prefix}${unknown.map((name) => `There is no setting ${name}.`).join(' ')}`, {
      code: 'setting-unknown',
      remedy: `${suggestions(unknown)}The settings are: ${settingNames.join(', ')}.`,
    });
  }
  const invalid = new Set(error.issues.map(({ path }) => path[0] as SettingName));
  const names = [...invalid];
  throw new PipelineError(
    `${prefix}${names.map((name) => `The setting ${name} is ${JSON.stringify(values[name])}.`).join(' ')}`,
    {
      code: 'setting-invalid',
      remedy: names.map((name) => `${name} must be ${allowedValues(name)}.`).join(' '),
    },
  );
}

function unknownNames(issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
}

/** "Did you mean epochs? ", or nothing where no known name is near. */
function suggestions(unknown: readonly string[]): string {
  return unknown
    .map((name) => nearestName(name, settingNames))
    .filter((nearest) => nearest !== undefined)
    .map((nearest) => `Did you mean ${nearest}? `)
    .join('');
}

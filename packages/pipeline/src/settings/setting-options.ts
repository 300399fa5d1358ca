import type { ArgumentDefinition } from '@fractura/command-line';
import { z } from 'zod';
import { checkSettings } from './check-settings.js';
import { radiographSettings, syntheticSettings } from './default-settings.js';
import { runSettings, settingNames, type RunSettings, type SettingName } from './run-settings.js';

type KebabCase<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `-${Lowercase<Head>}`}${KebabCase<Tail>}`
  : Name;

type OptionOf<Value> = [Value] extends [number]
  ? { kind: 'integer' | 'number'; describe: string; minimum: number; maximum: number }
  : [Value] extends [boolean]
    ? { kind: 'boolean'; describe: string }
    : { kind: 'string'; describe: string; choices: readonly Value[] };

/** The command line option of every setting, such as `--plan-for` of `planFor`. */
export type SettingOptions = { [Name in SettingName as KebabCase<Name>]: OptionOf<RunSettings[Name]> };

/** The name of a setting's command line option, without its dashes. */
export function optionName(name: SettingName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** One option for every setting; none has a default, since that depends on the data. */
export const settingOptions = Object.fromEntries(
  settingNames.map((name) => [optionName(name), optionOf(name)]),
) as unknown as SettingOptions;

function optionOf(name: SettingName): ArgumentDefinition {
  const schema = runSettings.shape[name];
  const describe = `${schema.description} (${remarksOn(name)})`;
  if (schema instanceof z.ZodBoolean) {
    return { kind: 'boolean', describe };
  }
  if (schema instanceof z.ZodEnum) {
    return { kind: 'string', describe, choices: schema.options };
  }
  return {
    kind: schema.format === 'safeint' ? 'integer' : 'number',
    describe,
    minimum: schema.minValue ?? undefined,
    maximum: schema.maxValue ?? undefined,
  };
}

/** Range and default, such as "16 to 4096; default: 80, synthetic atlas: 64". */
function remarksOn(name: SettingName): string {
  const schema = runSettings.shape[name];
  const [usual, synthetic] = [radiographSettings[name], syntheticSettings[name]];
  const defaults = `default: ${usual}${synthetic === usual ? '' : `, synthetic atlas: ${synthetic}`}`;
  return schema instanceof z.ZodNumber ? `${schema.minValue} to ${schema.maxValue}; ${defaults}` : defaults;
}

/**
 * The settings among the values of a command that has {@link settingOptions}.
 *
 * @throws PipelineError `setting-invalid` where a value is out of range.
 */
export function pickSettings(values: Readonly<Partial<Record<SettingName, unknown>>>): Partial<RunSettings> {
  return checkSettings(Object.fromEntries(settingNames.map((name) => [name, values[name]])));
}

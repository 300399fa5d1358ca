import { z } from 'zod';
import { SearchError } from '../errors.js';
import type { Condition, Parameter, SettingValue, Space } from './space.js';

const value = z.union([z.string(), z.number(), z.boolean()]);
const values = z.array(value).min(1);
const when = z.record(z.string(), z.union([value, values])).optional();
const choices = z.strictObject({ choices: values, when });
const range = z.strictObject({
  from: z.number(),
  to: z.number(),
  scale: z.enum(['linear', 'log']).optional(),
  whole: z.boolean().optional(),
  steps: z.int().min(2).optional(),
  when,
});

/** How the settings of a space are written, for messages. */
const spelling =
  'Write each setting as a list of values, as {choices: [...], when: {...}}, or as {from, to, scale: linear or log, whole, steps, when}.';

/**
 * Reads the settings to search, as a file has them: lists of values, tables with `choices`, and ranges.
 *
 * @param content such as the parsed YAML of a file.
 * @param source what messages call it.
 * @throws SearchError `space-invalid`, which names the setting and what is wrong with it.
 */
export function readSpace(content: unknown, source: string): Space {
  const table = z.record(z.string(), z.unknown()).safeParse(content);
  if (!table.success || Object.keys(table.data).length === 0) {
    throw invalid(`${source} has no settings to search.`, spelling);
  }
  const space: Record<string, Parameter> = {};
  for (const [name, written] of Object.entries(table.data)) {
    const parameter = readParameter(`${source}: ${name}`, written);
    const known = Object.keys(space);
    for (const needed of Object.keys(parameter.when ?? {})) {
      if (!known.includes(needed)) {
        throw invalid(
          `${source}: ${name} depends on ${needed}, which does not stand before it.`,
          'Name in "when" settings that stand before.',
        );
      }
    }
    space[name] = parameter;
  }
  return space;
}

function readParameter(place: string, written: unknown): Parameter {
  const list = values.safeParse(written);
  if (list.success) {
    return { choices: distinct(place, list.data) };
  }
  const table = choices.safeParse(written);
  if (table.success) {
    return { choices: distinct(place, table.data.choices), when: conditionOf(table.data.when) };
  }
  const numbers = range.safeParse(written);
  if (!numbers.success) {
    throw invalid(`${place} is ${JSON.stringify(written)}.`, spelling);
  }
  const { from, to, scale, whole } = numbers.data;
  if (!(from < to)) {
    throw invalid(`${place} goes from ${from} to ${to}.`, 'Let it go from a lower to a higher number.');
  }
  if (scale === 'log' && from <= 0) {
    throw invalid(`${place} begins at ${from}.`, 'Let a range with the scale log begin above 0.');
  }
  if (whole === true && !(Number.isInteger(from) && Number.isInteger(to))) {
    throw invalid(`${place} goes from ${from} to ${to}.`, 'Give whole numbers, or leave out "whole".');
  }
  return { ...numbers.data, when: conditionOf(numbers.data.when) };
}

function distinct(place: string, list: readonly SettingValue[]): readonly SettingValue[] {
  const twice = list.find((each, i) => list.indexOf(each) < i);
  if (twice !== undefined) {
    throw invalid(`${place} has ${JSON.stringify(twice)} twice.`, 'Give each value once.');
  }
  return list;
}

function conditionOf(written: z.infer<typeof when>): Condition | undefined {
  return (
    written && Object.fromEntries(Object.entries(written).map(([name, of]) => [name, Array.isArray(of) ? of : [of]]))
  );
}

const invalid = (message: string, remedy: string) => new SearchError(message, { code: 'space-invalid', remedy });

import { isDeepStrictEqual } from 'node:util';

import { TfjsTrainingError } from '../errors.js';

/**
 * Refuses to go on with a training that was begun with other arguments.
 *
 * @param folder the training's
 * @param before the arguments in its checkpoint
 * @param now those asked for, compared as JSON; undefined ones are not compared
 * @throws TfjsTrainingError `checkpoint-mismatch`, naming the first difference, within objects too
 */
export function refuseOtherArguments(folder: string, before: object, now: object): void {
  const [earlier, wanted] = [asJson(before), asJson(now)];
  for (const key of Object.keys(wanted)) {
    const different = firstDifference(key, earlier[key], wanted[key]);
    if (different) {
      throw new TfjsTrainingError(
        `${folder} holds a training with ${different.name} ${textOf(different.before)}; now it is ${textOf(different.now)}.`,
        {
          code: 'checkpoint-mismatch',
          remedy: 'Repeat the earlier arguments, train into another folder, or begin anew with --restart.',
        },
      );
    }
  }
}

interface Difference {
  /** Such as `plans.configurations.2d.batch_size`. */
  name: string;
  before: unknown;
  now: unknown;
}

/** The first member that differs, as deep as both sides are objects. */
function firstDifference(name: string, before: unknown, now: unknown): Difference | undefined {
  if (isDeepStrictEqual(before, now)) {
    return undefined;
  }
  if (!isObject(before) || !isObject(now)) {
    return { name, before, now };
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const different = firstDifference(`${name}.${key}`, before[key], now[key]);
    if (different) {
      return different;
    }
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As it comes back from JSON: without members that are undefined. */
const asJson = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'absent'));

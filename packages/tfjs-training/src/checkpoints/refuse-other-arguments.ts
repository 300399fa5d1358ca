import { isDeepStrictEqual } from 'node:util';

import { TfjsTrainingError } from '../errors.js';

/**
 * Refuses to go on with a training that was begun with other arguments.
 *
 * @param folder the training's
 * @param before the arguments in its checkpoint
 * @param now those asked for, compared as JSON; undefined ones are not compared
 * @throws TfjsTrainingError `checkpoint-mismatch`, naming the first difference
 */
export function refuseOtherArguments(folder: string, before: object, now: object): void {
  const earlier = asJson(before);
  const different = Object.entries(asJson(now)).find(([key, value]) => !isDeepStrictEqual(earlier[key], value));
  if (different === undefined) {
    return;
  }
  const [key, value] = different;
  throw new TfjsTrainingError(
    `${folder} holds a training with ${key} ${textOf(earlier[key])}; now it is ${textOf(value)}.`,
    {
      code: 'checkpoint-mismatch',
      remedy: 'Train into another folder, remove this one, or repeat the earlier arguments.',
    },
  );
}

/** As it comes back from JSON: without members that are undefined. */
const asJson = (value: object) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'absent'));

import { Resnet18ClassifierError } from '../errors.js';
import { explanationMethods } from '../inference/grad-cam.js';

/** Options of commands that explain. */
export const explanationOptions = {
  class: { kind: 'string', describe: 'class to explain (default: the most probable of each image)' },
  method: { kind: 'string', describe: 'how features are weighted', choices: explanationMethods, default: 'grad-cam' },
  stride: {
    kind: 'integer',
    minimum: 1,
    describe: 'stage whose features are looked at, by its stride: 2, 4, 8, 16 or 32 (default: the last)',
  },
} as const;

/**
 * The index of the class that a user names; undefined without a name.
 *
 * @throws Resnet18ClassifierError `option-invalid`
 */
export function classIndexOf(
  { classNames }: { classNames: readonly string[] },
  wanted: string | undefined,
): number | undefined {
  if (wanted === undefined) {
    return undefined;
  }
  const index = classNames.indexOf(wanted);
  if (index < 0) {
    throw new Resnet18ClassifierError(`The classifier has no class "${wanted}".`, {
      code: 'option-invalid',
      remedy: `Choose from ${classNames.join(', ')}.`,
    });
  }
  return index;
}

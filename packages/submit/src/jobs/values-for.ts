import { UsageError } from '@fractura/command-line';
import type { PlannedJob } from './fan-out.js';

/** A word of a command line with each of its values. */
interface Variable {
  name: string;
  values: string[];
}

/**
 * Deals a command line to jobs by values for the words in braces: `run --seed {seed}` with `seed=0,1,2` is three jobs. Several
 * variables are all of their combinations, the last one changing fastest.
 *
 * @param definitions each as `name=value,value`.
 * @throws UsageError where a definition is none, or a variable is not in the command line.
 */
export function jobsForValues(words: readonly string[], definitions: readonly string[]): PlannedJob[] {
  const variables = definitions.map(readVariable);
  for (const { name } of variables) {
    if (!words.some((word) => word.includes(`{${name}}`))) {
      throw new UsageError(`--for names ${name}, but the command has no {${name}}.`, {
        remedy: `Write {${name}} where its values belong, as in "-- run --seed {${name}}".`,
      });
    }
  }
  let jobs: PlannedJob[] = [{ name: '', words: [...words], stage: 0 }];
  for (const { name, values } of variables) {
    jobs = jobs.flatMap((job) =>
      values.map((value) => ({
        ...job,
        name: `${job.name} ${name}=${value}`.trim(),
        words: job.words.map((word) => word.replaceAll(`{${name}}`, value)),
      })),
    );
  }
  return jobs;
}

function readVariable(definition: string): Variable {
  const [, name, list] = /^([A-Za-z][\w-]*)=(.+)$/s.exec(definition) ?? [];
  if (name === undefined) {
    throw new UsageError(`"${definition}" gives no values to a name.`, { remedy: 'Write it as seed=0,1,2.' });
  }
  return { name, values: list.split(',') };
}

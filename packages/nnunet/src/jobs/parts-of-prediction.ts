import { UsageError } from '@fractura/command-line';
import type { CommandJob } from './command-job.js';

/** The parts of a prediction that was asked for with `--num-parts`; undefined where there is one. */
export function partsOfPrediction(words: readonly string[], values: Record<string, unknown>): CommandJob[] | undefined {
  const { numParts } = values as { numParts: number };
  if (numParts === 1) {
    return undefined;
  }
  const given = words.find((word) => /^--?part[-_]id(?:=|$)/.test(word));
  if (given !== undefined) {
    throw new UsageError(`${given} names one part, but every part becomes a job.`, { remedy: 'Leave it out.' });
  }
  return Array.from({ length: numParts }, (_, part) => ({
    name: `part ${part + 1} of ${numParts}`,
    words: [...words, '--part-id', String(part)],
    stage: 0,
  }));
}

import { FracturaError } from '@fractura/errors';
import { drawsOf, type Draw } from '@fractura/testing';
import { watch } from './watchdog.js';

/** What a reader is given. */
export interface FuzzOptions<Input> {
  /** Makes a damaged input. */
  make: (draw: Draw) => Input | Promise<Input>;
  /** Reads it, and looks at what it gives. */
  read: (input: Input) => Promise<unknown>;
  /** How many inputs (default 2,000). */
  runs?: number;
}

/** How many were read all the same, and how many refused, by code. */
export interface Fuzzed {
  read: number;
  refused: Record<string, number>;
}

/** Time that one input may take. */
const patienceMs = 5000;

/**
 * Gives a reader damaged inputs, the same in every run. Each must end within 5 s with a value, or with an expected error that
 * has a code and a remedy. An endless loop ends the process, which is told with the number of the input.
 *
 * @throws Error that names the number of the input.
 */
export async function fuzz<Input>({ make, read, runs = 2000 }: FuzzOptions<Input>): Promise<Fuzzed> {
  const draw = drawsOf(20261118);
  const refused: Record<string, number> = {};
  const dog = watch();
  let sound = 0;
  try {
    for (let run = 0; run < runs; run += 1) {
      const input = await make(draw);
      dog.begin(run);
      const start = performance.now();
      try {
        await read(input);
        sound += 1;
      } catch (error) {
        if (!FracturaError.isInstance(error) || error.code === '' || !error.remedy) {
          throw new Error(`Input ${run} ends in no expected error: ${shown(input)}`, { cause: error });
        }
        refused[error.code] = (refused[error.code] ?? 0) + 1;
      }
      const took = performance.now() - start;
      if (took > patienceMs) {
        throw new Error(`Input ${run} takes ${Math.round(took)} ms: ${shown(input)}`);
      }
    }
  } finally {
    await dog.end();
  }
  return { read: sound, refused };
}

const shown = (input: unknown): string =>
  (input instanceof Uint8Array ? Buffer.from(input).toString('latin1') : JSON.stringify(input)).slice(0, 600);

import { drawsOf, mutate } from './mutate.js';

/** How many damaged files were read all the same, and how many refused. */
export interface Attacked {
  read: number;
  refused: number;
}

/** What an attack needs. */
export interface AttackOptions {
  /** Sound files, taken in turn. */
  sources: readonly Uint8Array[];
  /** How many damaged files are made of them. */
  runs: number;
  /** Reads a damaged file, and checks what it gives. */
  read: (bytes: Uint8Array) => Promise<void>;
  /** Whether an error is one that a reader may refuse a file with. */
  isRefusal: (error: unknown) => boolean;
}

/**
 * Gives a reader damaged files, the same ones in every run: each must be read, or refused by an expected error.
 *
 * @throws whatever else the reader throws.
 */
export async function attack({ sources, runs, read, isRefusal }: AttackOptions): Promise<Attacked> {
  const draw = drawsOf(20260106);
  let refused = 0;
  for (let run = 0; run < runs; run += 1) {
    try {
      await read(mutate(sources[run % sources.length], draw));
    } catch (error) {
      if (!isRefusal(error)) {
        throw error;
      }
      refused += 1;
    }
  }
  return { read: runs - refused, refused };
}

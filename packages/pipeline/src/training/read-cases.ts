import { readPreprocessedCase, type PreprocessedCase } from '@fractura/nnunet-planner';
import { shareCase } from '@fractura/unet-model';

/** Cases read at once: enough to keep a disk busy. */
const atOnce = 8;

/** Reads preprocessed cases into memory that the training's threads share, each once. */
export async function readCases(
  folder: string,
  ids: Iterable<string>,
  signal?: AbortSignal,
): Promise<PreprocessedCase[]> {
  const names = [...new Set(ids)];
  const cases: PreprocessedCase[] = [];
  for (let first = 0; first < names.length; first += atOnce) {
    signal?.throwIfAborted();
    const some = names
      .slice(first, first + atOnce)
      .map(async (id) => shareCase(await readPreprocessedCase(folder, id)));
    cases.push(...(await Promise.all(some)));
  }
  return cases;
}

import { readPreprocessedCase } from '@fractura/nnunet-planner';
import { shareCase, type PreprocessedCase } from '@fractura/unet-model';
import { readPreviousStage, type PreviousStage } from './previous-stage.js';

/** Cases read at once: enough to keep a disk busy. */
const atOnce = 8;

/** Reads preprocessed cases into memory that the training's threads share, each once; for a cascade with the previous stage's labels. */
export async function readCases(
  folder: string,
  ids: Iterable<string>,
  { previousStage, signal }: { previousStage?: PreviousStage | undefined; signal?: AbortSignal | undefined } = {},
): Promise<PreprocessedCase[]> {
  const names = [...new Set(ids)];
  const cases: PreprocessedCase[] = [];
  for (let first = 0; first < names.length; first += atOnce) {
    signal?.throwIfAborted();
    cases.push(...(await Promise.all(names.slice(first, first + atOnce).map(read))));
  }
  return cases;

  async function read(id: string): Promise<PreprocessedCase> {
    const found = await readPreprocessedCase(folder, id);
    if (!previousStage) {
      return shareCase(found);
    }
    return shareCase({ ...found, previousStage: await readPreviousStage(previousStage, id, found.shape.slice(1)) });
  }
}

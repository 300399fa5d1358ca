import { readPreprocessedCase } from '@fractura/nnunet-planner';
import { shareCase, type PreprocessedCase } from '@fractura/unet-model';
import { readPreviousStageLabels, type PreviousStage } from './previous-stage.js';

/** Which preprocessed cases to read. */
export interface ReadCasesOptions {
  /** The data set's folder of preprocessed cases of a configuration. */
  folder: string;
  ids: Iterable<string>;
  /** Of a cascade's second stage: each case comes with the labels of the first. */
  previousStage?: PreviousStage;
  signal?: AbortSignal;
}

/** Cases read at the same time: enough to keep a disk busy. */
const atOnce = 8;

/** Reads preprocessed cases, each once, into memory that the threads of a training share. */
export async function readCases({ folder, ids, previousStage, signal }: ReadCasesOptions): Promise<PreprocessedCase[]> {
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
    const labels = await readPreviousStageLabels(previousStage, id, found.shape.slice(1));
    return shareCase({ ...found, previousStage: labels });
  }
}

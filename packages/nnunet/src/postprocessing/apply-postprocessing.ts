import { makeFolder } from '@fractura/array-files';
import { readImage } from '@fractura/nnunet-planner';
import type { Reporting } from '../reporting.js';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { inFolder } from '../folders/in-folder.js';
import { readLabelGrid, writeLabels } from '../prediction/label-grid.js';
import { namesIn } from '../folders/list-cases.js';
import { postprocess, type PostprocessingStep } from './postprocess.js';

/** Which labels, and what to do to them. */
export interface ApplyPostprocessingOptions extends Pick<Reporting, 'signal'> {
  input: string;
  output: string;
  ending: string;
  steps: readonly PostprocessingStep[];
  onProgress?: (progress: { done: number; total: number }) => void;
}

/** Postprocesses every segmentation of a folder into another, with dataset.json and plans.json beside them. */
export async function applyPostprocessing(options: ApplyPostprocessingOptions): Promise<string[]> {
  const { input, output, ending, steps, signal, onProgress } = options;
  const names = await namesIn(input, ending);
  await makeFolder(output);
  for (const [done, name] of names.entries()) {
    signal.throwIfAborted();
    const file = inFolder(input, name);
    const { data, shape } = await readImage([file]);
    const size = shape.slice(1);
    await writeLabels(inFolder(output, name), postprocess(data, size, steps), size, await readLabelGrid(file));
    onProgress?.({ done: done + 1, total: names.length });
  }
  await copyDescriptions(input, output);
  return names;
}

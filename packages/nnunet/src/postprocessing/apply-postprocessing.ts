import { makeFolder } from '@fractura/array-files';
import { readPostprocessing, type PostprocessingStep } from '@fractura/nnunet-format';
import { readImage } from '@fractura/nnunet-planner';
import { joinPath } from '@fractura/python-compat';
import { copyDescriptions } from '../folders/copy-descriptions.js';
import { namesIn } from '../folders/input-cases.js';
import { readSegmentationFormat } from '../folders/segmentation-format.js';
import { readLabelGrid, writeLabels } from '../labels/label-files.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { postprocess } from './postprocess.js';

/** Which labels, and what to do to them. */
export interface ApplyPostprocessingOptions extends Reporting {
  /** Folder of predicted labels. */
  input: string;
  output: string;
  /** The steps, or the postprocessing.json or postprocessing.pkl that has them. Default: the file in the input folder. */
  steps?: readonly PostprocessingStep[] | string;
  /** Default: the one in the input folder. */
  datasetJson?: string;
}

/** What was done. */
export interface AppliedPostprocessing {
  steps: readonly PostprocessingStep[];
  /** Names of the files written. */
  files: string[];
}

/**
 * Postprocesses every segmentation of a folder into another, as `nnUNetv2_apply_postprocessing`, with dataset.json and plans.json
 * beside them.
 *
 * @throws NnunetError `dataset-json-missing`, `folder-missing`; NnunetFormatError `postprocessing-missing`,
 *   `postprocessing-invalid`
 * @see nnU-Net: nnunetv2/postprocessing/remove_connected_components.py, apply_postprocessing_to_folder
 */
export async function applyPostprocessing(options: ApplyPostprocessingOptions): Promise<AppliedPostprocessing> {
  const { input, output, steps: given = input, datasetJson } = options;
  const { progress, signal } = completeReporting(options);
  const steps = typeof given === 'string' ? await readPostprocessing(given) : given;
  const { ending } = await readSegmentationFormat(input, datasetJson);
  const files = await namesIn(input, ending);
  await makeFolder(output);
  const task = progress('Postprocessing');
  for (const [done, name] of files.entries()) {
    signal.throwIfAborted();
    const file = joinPath(input, name);
    const { data, shape } = await readImage([file], { labels: true });
    const size = shape.slice(1);
    const labels = postprocess(data, size, steps);
    await writeLabels({ file: joinPath(output, name), labels, shape: size, grid: await readLabelGrid(file) });
    task.update({ done: done + 1, total: files.length });
  }
  task.finish(`${files.length} cases`);
  await copyDescriptions(input, output);
  return { steps, files };
}

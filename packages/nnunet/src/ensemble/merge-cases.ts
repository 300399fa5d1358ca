import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { makeFolder } from '@fractura/array-files';
import { readGridOfProperties } from '@fractura/nnunet-format';
import { labelsOfProbabilities } from '@fractura/nnunet-planner';
import { joinPath } from '@fractura/python-compat';
import { writeNpz } from '@fractura/volume-io';
import { writeThreshold } from '../cutoff/threshold-of-predictions.js';
import { NnunetError } from '../errors.js';
import type { SegmentationFormat } from '../folders/segmentation-format.js';
import { writeLabels } from '../labels/label-files.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { meanOfProbabilities } from './mean-of-probabilities.js';

/** A case and its probabilities by different models. */
export interface CaseToMerge {
  id: string;
  /** `.npz` files; the geometry is in the `.pkl` beside the first. */
  files: readonly string[];
}

/** What to merge, and where to. */
export interface MergeCasesOptions extends Reporting {
  cases: readonly CaseToMerge[];
  output: string;
  format: SegmentationFormat;
  /** Probability above which a voxel is foreground. Default: nnU-Net's rule, the most probable class. */
  threshold?: number | undefined;
  /** Write the mean probabilities too. Default false. */
  saveProbabilities?: boolean;
}

/**
 * Averages the probabilities of each case and writes the labels that follow.
 *
 * @throws NnunetError `probabilities-invalid`, `properties-missing`
 * @see nnU-Net: nnunetv2/ensembling/ensemble.py, merge_files
 */
export async function mergeCases(options: MergeCasesOptions): Promise<void> {
  const { cases, output, format, threshold, saveProbabilities = false } = options;
  const { progress, signal } = completeReporting(options);
  await makeFolder(output);
  await writeThreshold(output, threshold);
  const task = progress('Ensembling');
  for (const [done, { id, files }] of cases.entries()) {
    signal.throwIfAborted();
    const { mean, shape } = await meanOfProbabilities(files, signal);
    const properties = files[0].replace(/\.npz$/, '.pkl');
    if (!existsSync(properties)) {
      throw new NnunetError(`${properties} does not exist; it says where the voxels lie.`, {
        code: 'properties-missing',
        remedy: 'Predict with --save-probabilities, which writes it beside the probabilities.',
      });
    }
    const grid = await readGridOfProperties(properties);
    if (saveProbabilities) {
      await writeNpzAndProperties(joinPath(output, id), mean, shape, properties);
    }
    await writeLabels({
      file: joinPath(output, id + format.ending),
      labels: labelsOfProbabilities(mean, format.labels, threshold),
      shape: shape.slice(1),
      grid,
    });
    task.update({ done: done + 1, total: cases.length });
  }
  task.finish(`${cases.length} cases`);
}

async function writeNpzAndProperties(
  base: string,
  data: Float32Array,
  shape: readonly number[],
  properties: string,
): Promise<void> {
  await writeNpz(`${base}.npz`, { probabilities: { data, shape } }, { compress: true });
  await copyFile(properties, `${base}.pkl`);
}

import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { makeFolder } from '@fractura/array-files';
import { labelsOfProbabilities } from '@fractura/nnunet-planner';
import { readNpz, writeNpz } from '@fractura/volume-io';
import { NnunetError } from '../errors.js';
import type { Reporting } from '../reporting.js';
import { readGridOfProperties } from '../prediction/case-properties.js';
import type { SegmentationFormat } from '../folders/describing-files.js';
import { inFolder } from '../folders/in-folder.js';
import { writeLabels } from '../prediction/label-grid.js';

/** A case and its probabilities by different models. */
export interface CaseToMerge {
  id: string;
  /** `.npz` files; the geometry is in the `.pkl` beside the first. */
  files: readonly string[];
}

/** What to merge, and where to. */
export interface MergeCasesOptions extends Pick<Reporting, 'signal' | 'progress'> {
  cases: readonly CaseToMerge[];
  output: string;
  format: SegmentationFormat;
  /** Write the mean probabilities too. Default false. */
  saveProbabilities?: boolean;
  /** Leave labels that are there. Default false. */
  keepExisting?: boolean;
}

/**
 * Averages probabilities and writes the labels that follow.
 *
 * @throws NnunetError `probabilities-invalid`, `properties-missing`
 * @see reference/nnunet-v2/behaviour.md, section 9.6
 */
export async function mergeCases(options: MergeCasesOptions): Promise<void> {
  const { cases, output, format, signal, progress, saveProbabilities = false, keepExisting = false } = options;
  await makeFolder(output);
  const task = progress('Ensembling');
  for (const [done, { id, files }] of cases.entries()) {
    signal.throwIfAborted();
    const target = inFolder(output, id + format.ending);
    if (!keepExisting || !existsSync(target)) {
      const { mean, shape } = await meanOfProbabilities(files, signal);
      const properties = files[0].replace(/\.npz$/, '.pkl');
      if (!existsSync(properties)) {
        throw withoutProperties(properties);
      }
      const grid = await readGridOfProperties(properties);
      if (saveProbabilities) {
        await writeNpz(inFolder(output, `${id}.npz`), { probabilities: { data: mean, shape } }, { compress: true });
        await copyFile(properties, inFolder(output, `${id}.pkl`));
      }
      await writeLabels(target, labelsOfProbabilities(mean, format.labels), shape.slice(1), grid);
    }
    task.update({ done: done + 1, total: cases.length });
  }
  task.finish(`${cases.length} cases`);
}

/** In float32, as nnU-Net averages: summed file by file, then divided. */
async function meanOfProbabilities(
  files: readonly string[],
  signal: AbortSignal,
): Promise<{ mean: Float32Array; shape: number[] }> {
  let sum: Float32Array | undefined;
  let shape: number[] = [];
  for (const file of files) {
    const array = (await readNpz(file, { signal, filter: (name) => name === 'probabilities' })).get('probabilities');
    const invalid = (what: string) =>
      new NnunetError(`${file} ${what}.`, {
        code: 'probabilities-invalid',
        remedy: 'Predict the same cases with --save-probabilities.',
      });
    if (array?.shape.length !== 4) {
      throw invalid('holds no probabilities (classes, z, y, x)');
    }
    const values = Float32Array.from(array.data as Float32Array);
    if (!sum) {
      [sum, shape] = [values, array.shape];
    } else {
      if (array.shape.join() !== shape.join()) {
        throw invalid(`has shape ${array.shape.join(' x ')}, ${files[0]} ${shape.join(' x ')}`);
      }
      for (let i = 0; i < sum.length; i += 1) {
        sum[i] += values[i];
      }
    }
  }
  return { mean: sum!.map((value) => value / files.length), shape };
}

const withoutProperties = (file: string) =>
  new NnunetError(`${file} does not exist; it tells where the voxels lie.`, {
    code: 'properties-missing',
    remedy: 'Predict with --save-probabilities, which writes it beside the probabilities.',
  });

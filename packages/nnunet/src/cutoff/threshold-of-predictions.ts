import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { readTextFile, writeFileBeside } from '@fractura/array-files';
import { joinPath, parsePythonJson } from '@fractura/python-compat';
import { NnunetError } from '../errors.js';

const thresholdFile = (folder: string) => joinPath(folder, 'threshold.json');

/**
 * Notes in a folder of predictions above which probability its labels are foreground, for what makes labels of its probabilities
 * later. Of nnU-Net's own rule, the most probable class, there is no file.
 *
 * @throws ArrayFilesError `file-unwritable`
 */
export async function writeThreshold(folder: string, threshold: number | undefined): Promise<void> {
  await (threshold === undefined
    ? rm(thresholdFile(folder), { force: true })
    : writeFileBeside(thresholdFile(folder), `${JSON.stringify({ threshold })}\n`));
}

/**
 * What {@link writeThreshold} noted; undefined for nnU-Net's rule.
 *
 * @throws NnunetError `cutoff-invalid`
 */
export async function readThreshold(folder: string): Promise<number | undefined> {
  const file = thresholdFile(folder);
  if (!existsSync(file)) {
    return undefined;
  }
  const { threshold } = (parsed(await readTextFile(file)) ?? {}) as { threshold?: unknown };
  if (typeof threshold === 'number' && threshold > 0 && threshold < 1) {
    return threshold;
  }
  throw new NnunetError(`${file} has the threshold ${JSON.stringify(threshold)}.`, {
    code: 'cutoff-invalid',
    remedy: 'Predict into the folder again, or remove the file: then the most probable class is taken.',
  });
}

/**
 * The threshold of the mean of several predictions' probabilities: the mean of their own, so that a voxel is foreground where the
 * probabilities lie, on the mean, above their thresholds. One without a threshold counts with 0.5, which of one foreground class is
 * nnU-Net's rule; where none has one, that rule itself holds, for any number of classes.
 */
export function meanThreshold(thresholds: readonly (number | undefined)[]): number | undefined {
  return thresholds.every((each) => each === undefined)
    ? undefined
    : thresholds.reduce<number>((sum, each) => sum + (each ?? 0.5), 0) / thresholds.length;
}

function parsed(text: string): unknown {
  try {
    return parsePythonJson(text);
  } catch {
    return undefined;
  }
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileBeside } from '@fractura/array-files';
import { NnunetError } from '../errors.js';

/** The probability above which a model's voxels are foreground, chosen on cases that the folds had not seen. */
export interface Cutoff {
  threshold: number;
  /** Mean Dice over the cases with foreground, by this threshold. */
  dice: number;
  /** Share of the cases without foreground in which any voxel is above it; null without such cases. */
  falseAlarms: number | null;
  /** By threshold, what was chosen from. */
  candidates: readonly { threshold: number; dice: number; falseAlarms: number | null }[];
  /** Cases with foreground, and without. */
  cases: readonly [lesions: number, empty: number];
}

const cutoffFile = (modelFolder: string) => join(modelFolder, 'cutoff.json');

/** Writes a model's cut-off into its folder. */
export async function writeCutoff(modelFolder: string, cutoff: Cutoff): Promise<void> {
  await writeFileBeside(cutoffFile(modelFolder), `${JSON.stringify(cutoff, undefined, 2)}\n`);
}

/**
 * The cut-off of a model; undefined where none was chosen, as for every model of nnU-Net.
 *
 * @throws NnunetError `cutoff-invalid`
 */
export async function readCutoff(modelFolder: string): Promise<Cutoff | undefined> {
  const file = cutoffFile(modelFolder);
  if (!existsSync(file)) {
    return undefined;
  }
  const cutoff = parse(await readFile(file, 'utf8')) as Partial<Cutoff> | undefined;
  const threshold = cutoff?.threshold;
  if (typeof threshold === 'number' && threshold > 0 && threshold < 1) {
    return cutoff as Cutoff;
  }
  throw new NnunetError(`${file} has the threshold ${JSON.stringify(threshold)}.`, {
    code: 'cutoff-invalid',
    remedy: 'Give a probability between 0 and 1, or remove the file: then the most probable class is taken.',
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileBeside } from '@fractura/array-files';
import type { ThresholdCounts } from './threshold-counts.js';

/** What a fold's network says of one of its validation cases as a whole. */
export interface CasePrediction extends ThresholdCounts {
  /** Of each foreground class the probability that the image has any of it; absent where the network does not tell. */
  presence?: number[];
}

/** By case, beside a fold's validation. */
export type FoldPredictions = Record<string, CasePrediction>;

const predictionsFile = (validationFolder: string) => join(validationFolder, 'predictions.json');

/** Writes `predictions.json` into a fold's validation folder. */
export async function writeFoldPredictions(validationFolder: string, predictions: FoldPredictions): Promise<void> {
  await writeFileBeside(predictionsFile(validationFolder), `${JSON.stringify(predictions)}\n`);
}

/** Reads what {@link writeFoldPredictions} wrote. */
export async function readFoldPredictions(validationFolder: string): Promise<FoldPredictions> {
  return JSON.parse(await readFile(predictionsFile(validationFolder), 'utf8')) as FoldPredictions;
}

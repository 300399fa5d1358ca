import { classificationSet, type Atlas, type ClassificationImage, type StudySplits } from '@fractura/fracatlas-loader';
import type { RunContext } from '../run/run-context.js';

/** Draws the radiographs that the classifiers are trained and judged on, and deals each to the fold that segments it. */
export async function drawClassificationSet(
  { records }: Atlas,
  splits: StudySplits,
  exclude: readonly string[],
  { settings: { seed }, ledger }: RunContext,
): Promise<ClassificationImage[]> {
  return ledger.run({
    name: 'classification-set',
    inputs: { exclude },
    run: () => Promise.resolve(classificationSet(records, { seed, splits, exclude })),
  });
}

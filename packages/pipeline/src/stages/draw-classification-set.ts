import {
  classificationSet,
  type Atlas,
  type BalancedSizes,
  type ClassificationImage,
  type StudySplits,
} from '@fractura/fracatlas-loader';
import type { RunContext } from '../run/run-context.js';
import type { RunSettings } from '../settings/run-settings.js';

/** Images of each class in the parts of the classification set; undefined for those of the first study. */
export const classificationRatio = ({
  classifierParts,
}: Pick<RunSettings, 'classifierParts'>): BalancedSizes | undefined =>
  classifierParts === 'published' ? undefined : { train: 98, validation: 10, test: 22 };

/** Draws the radiographs that the classifiers are trained and judged on, and deals each to the fold that segments it. */
export async function drawClassificationSet(
  { records }: Atlas,
  splits: StudySplits,
  exclude: readonly string[],
  { settings, ledger }: RunContext,
): Promise<ClassificationImage[]> {
  const { seed, classifierParts } = settings;
  const ratio = classificationRatio(settings);
  return ledger.run({
    name: 'classification-set',
    inputs: { exclude, classifierParts },
    run: () => Promise.resolve(classificationSet(records, { seed, splits, ratio, exclude })),
  });
}

import { balancedSet, type Atlas } from '@fractura/fracatlas-loader';
import { RandomState } from '@fractura/python-compat';
import { dealToFolds } from '../run/deal-to-folds.js';
import type { RunContext } from '../run/run-context.js';
import type { StudySplits } from './split-atlas.js';

/** A radiograph of the classification set. */
export interface ClassificationImage {
  file: string;
  part: 'train' | 'validation' | 'test';
  fractured: boolean;
  /** The one fold whose network segments it; that network has not seen it. */
  fold: number;
}

/**
 * Draws as many fractured as normal radiographs, in the seed's ratio 570 : 85 : 43.
 *
 * Two leaks are avoided: the fractures that judge come from those held out from segmentation; and every image is
 * segmented by exactly one fold's network, its own fold's where it was in the cross-validation, one dealt at random
 * otherwise, so that the way of predicting tells neither class nor part.
 */
export async function drawClassificationSet(
  { records }: Atlas,
  { groups, heldOut, folds }: StudySplits,
  exclude: readonly string[],
  { settings: { seed }, ledger }: RunContext,
): Promise<ClassificationImage[]> {
  return ledger.run({
    name: 'classification-set',
    inputs: { exclude },
    run: () => {
      const { parts } = balancedSet(records, { seed, groups, evaluationFractures: heldOut, exclude });
      const fractured = new Map(records.map((record) => [record.file, record.fractured]));
      const foldOf = new Map(folds.flatMap(({ val }, fold) => val.map((file) => [file, fold] as const)));
      const files = (['train', 'validation', 'test'] as const).flatMap((part) =>
        parts[part].map((file) => ({ file, part, fractured: fractured.get(file) === true })),
      );
      const unseen = files.map(({ file }) => file).filter((file) => !foldOf.has(file));
      const dealt = dealToFolds(unseen, folds.length, new RandomState(seed));
      return Promise.resolve(
        files.map((image) => ({ ...image, fold: foldOf.get(image.file) ?? dealt.get(image.file) ?? 0 })),
      );
    },
  });
}

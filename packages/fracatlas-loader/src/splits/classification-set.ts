import { RandomState } from '@fractura/python-compat';
import { balancedSet } from './balanced-set.js';
import { dealToFolds } from './deal-to-folds.js';
import type { SplitRecord } from './split.js';
import type { StudySplits } from './study-splits.js';

/** A radiograph of the classification set. */
export interface ClassificationImage {
  file: string;
  part: 'train' | 'validation' | 'test';
  fractured: boolean;
  /** The one fold whose network segments it; that network has not seen it. */
  fold: number;
}

export interface ClassificationSetOptions {
  seed: number;
  /** How the segmentation is trained and judged. */
  splits: Pick<StudySplits, 'groups' | 'heldOut' | 'folds'>;
  /** Files to leave out, such as damaged ones. */
  exclude?: readonly string[];
}

/**
 * Draws as many fractured as normal radiographs ({@link balancedSet}) for a classifier that sees what the segmentation says of them.
 *
 * Two leaks are avoided: the fractures that judge come from those held out from segmentation; and every image is segmented by
 * exactly one fold's network, its own fold's where it was in the cross-validation, one dealt at random otherwise, so that the way of
 * predicting tells neither class nor part.
 *
 * @throws {@link FracatlasLoaderError} `too-few-images`.
 */
export function classificationSet(
  records: readonly SplitRecord[],
  { seed, splits: { groups, heldOut, folds }, exclude }: ClassificationSetOptions,
): ClassificationImage[] {
  const { parts } = balancedSet(records, { seed, groups, evaluationFractures: heldOut, exclude });
  const fractured = new Map(records.map((record) => [record.file, record.fractured]));
  const foldOf = new Map(folds.flatMap(({ val }, fold) => val.map((file) => [file, fold] as const)));
  const files = (['train', 'validation', 'test'] as const).flatMap((part) =>
    parts[part].map((file) => ({ file, part, fractured: fractured.get(file) === true })),
  );
  const unseen = files.map(({ file }) => file).filter((file) => !foldOf.has(file));
  const dealt = dealToFolds(unseen, folds.length, new RandomState(seed));
  return files.map((image) => ({ ...image, fold: foldOf.get(image.file) ?? dealt.get(image.file)! }));
}

import { checkArguments, rule } from '@fractura/errors';
import { RandomState } from '@fractura/python-compat';
import { balancedSet, balancedSizesRule, type BalancedSizes } from './balanced-set.js';
import { dealToFolds } from './deal-to-folds.js';
import { type SplitRecord, splitRecordRule } from './split.js';
import type { StudySplits } from './study-splits.js';
import { FracatlasLoaderError } from '../errors.js';

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
  /** The ratio of the parts, as of {@link balancedSet}. */
  ratio?: BalancedSizes;
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
  options: ClassificationSetOptions,
): ClassificationImage[] {
  checkArguments({ records, options }, classificationSetArguments, FracatlasLoaderError);
  const {
    seed,
    splits: { groups, heldOut, folds },
    ratio,
    exclude,
  } = options;
  const { parts } = balancedSet(records, { seed, groups, evaluationFractures: heldOut, ratio, exclude });
  const fractured = new Map(records.map((record) => [record.file, record.fractured]));
  const foldOf = new Map(folds.flatMap(({ val }, fold) => val.map((file) => [file, fold] as const)));
  const files = (['train', 'validation', 'test'] as const).flatMap((part) =>
    parts[part].map((file) => ({ file, part, fractured: fractured.get(file) === true })),
  );
  const unseen = files.map(({ file }) => file).filter((file) => !foldOf.has(file));
  const dealt = dealToFolds(unseen, folds.length, new RandomState(seed));
  return files.map((image) => ({ ...image, fold: foldOf.get(image.file) ?? dealt.get(image.file)! }));
}

/** What {@link ClassificationSetOptions} must be. */
const classificationSetOptionsRule = rule.fields({
  seed: rule.anyNumber,
  splits: rule.fields({
    groups: rule.listOf(rule.listOf(rule.anyText)),
    heldOut: rule.listOf(rule.anyText),
    folds: rule.listOf(rule.fields({ train: rule.listOf(rule.anyText), val: rule.listOf(rule.anyText) })),
  }),
  ratio: rule.optional(balancedSizesRule),
  exclude: rule.optional(rule.listOf(rule.anyText)),
});

const classificationSetArguments = { records: rule.listOf(splitRecordRule), options: classificationSetOptionsRule };

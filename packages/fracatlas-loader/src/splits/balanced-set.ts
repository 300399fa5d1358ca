import { checkArguments, rule } from '@fractura/errors';
import { drawsFrom } from '@fractura/seeded-random';
import { FracatlasLoaderError } from '../errors.js';
import { completeGroups } from './complete-groups.js';
import { dealGroups } from './deal-groups.js';
import { fingerprintOf } from './fingerprint.js';
import { type Split, type SplitRecord, splitRecordRule } from './split.js';

/** Images of each class in the parts of a balanced set. */
export interface BalancedSizes {
  train: number;
  validation: number;
  test: number;
}

/** Those that the 717 fractured radiographs of the full FracAtlas give. */
const fullSizes: BalancedSizes = { train: 570, validation: 85, test: 43 };
const fullFractured = 717;

export interface BalancedSetOptions {
  seed: number;
  /** Files that stay together, from {@link groupRecords}; without them every file is on its own. */
  groups?: readonly (readonly string[])[];
  /**
   * The fractured files that validation and test may take, such as those held out from segmentation; the fractures of
   * training then come from the others. Without it all fractured files may go anywhere.
   */
  evaluationFractures?: Iterable<string>;
  /** The ratio of the parts. Default 570 : 85 : 43, of at most 698 of 717 fractured files; by another ratio all may be used. */
  ratio?: BalancedSizes;
  /** Files to leave out, such as damaged ones. */
  exclude?: Iterable<string>;
}

/**
 * Draws a classification set with as many radiographs with a fracture as without, train : validation : test in the ratio
 * 570 : 85 : 43 per class. The full FracAtlas (717 and 3,366) gives just these numbers, other sets as many as fit in
 * that ratio. Groups are never torn: files of one group that are used at all are used in one part.
 *
 * @returns Parts `train`, `validation` and `test`, each half fractured; and `unused`.
 * @throws {@link FracatlasLoaderError} `too-few-images`.
 */
export function balancedSet(records: readonly SplitRecord[], options: BalancedSetOptions): Split {
  checkArguments({ records, options }, balancedSetArguments, FracatlasLoaderError);
  const { seed, groups, evaluationFractures, ratio, exclude = [] } = options;
  const excluded = new Set(exclude);
  const usable = records.filter(({ file }) => !excluded.has(file));
  const evaluation = evaluationFractures && new Set(evaluationFractures);
  const stratumOf = strataOf(usable, evaluation);
  const available = { evaluation: 0, training: 0, either: 0, normal: 0 };
  for (const stratum of stratumOf.values()) {
    available[stratum] += 1;
  }

  const sizes = sizesFor(available, evaluation !== undefined, ratio);
  const draws = drawsFrom(seed);
  const whole = completeGroups(usable, groups);
  const isNormal = (file: string) => stratumOf.get(file) === 'normal';
  const deal = (dealt: readonly (readonly string[])[], strata: { train: Stratum; evaluation: Stratum }) => {
    // Without a share for `unused`, large groups would be dealt first and all be used.
    const left: Record<string, number> = {};
    for (const file of dealt.flat()) {
      left[stratumOf.get(file)!] = (left[stratumOf.get(file)!] ?? 0) + 1;
    }
    const targets = [
      { part: 'train', counts: { [strata.train]: sizes.train } },
      { part: 'validation', counts: { [strata.evaluation]: sizes.validation } },
      { part: 'test', counts: { [strata.evaluation]: sizes.test } },
    ];
    for (const { counts } of targets) {
      for (const [stratum, n] of Object.entries(counts)) {
        left[stratum] -= n;
      }
    }
    return dealGroups(dealt, {
      targets: [...targets, { part: 'unused', counts: left }],
      stratumOf: (file) => stratumOf.get(file)!,
      draws,
      overflow: 'unused',
    });
  };

  const fractures = deal(
    whole.map((group) => group.filter((file) => !isNormal(file))).filter((group) => group.length > 0),
    evaluation ? { train: 'training', evaluation: 'evaluation' } : { train: 'either', evaluation: 'either' },
  );
  const normals = deal(
    whole.filter((group) => group.every(isNormal)),
    { train: 'normal', evaluation: 'normal' },
  );
  // Normal radiographs of a group with a fracture may serve where the fracture does, or not at all.
  const partOf = new Map(
    Object.entries(fractures).flatMap(([part, files]) => files.map((file) => [file, part] as const)),
  );
  for (const group of whole) {
    const broken = group.find((file) => !isNormal(file));
    if (broken !== undefined) {
      normals[partOf.get(broken)!].push(...group.filter(isNormal));
    }
  }

  const parts: Record<string, string[]> = {};
  for (const part of ['train', 'validation', 'test']) {
    const even = Math.min(fractures[part].length, normals[part].length);
    parts[part] = [fractures, normals].flatMap((files) => draws.shuffled(files[part]).slice(0, even)).sort();
  }
  const used = new Set(Object.values(parts).flat());
  parts.unused = records
    .map(({ file }) => file)
    .filter((file) => !used.has(file))
    .sort();
  return { method: 'balanced', seed, fingerprint: fingerprintOf(records, whole), parts };
}

type Stratum = 'evaluation' | 'training' | 'either' | 'normal';

function strataOf(records: readonly SplitRecord[], evaluation: ReadonlySet<string> | undefined): Map<string, Stratum> {
  const fracturedStratum = (file: string): Stratum => {
    if (!evaluation) {
      return 'either';
    }
    return evaluation.has(file) ? 'evaluation' : 'training';
  };
  return new Map(records.map(({ file, fractured }) => [file, fractured ? fracturedStratum(file) : 'normal']));
}

/** The largest numbers per class that the radiographs allow, in the wanted ratio, or in that of the full set and at most its share. */
function sizesFor(
  available: Record<Stratum, number>,
  separate: boolean,
  ratio: BalancedSizes | undefined,
): BalancedSizes {
  const wanted = ratio ?? fullSizes;
  const whole = ratio === undefined ? fullFractured : ratio.train + ratio.validation + ratio.test;
  const fractured = available.evaluation + available.training + available.either;
  const most = Math.min(fractured, available.normal);
  for (let of = most; of > 0; of -= 1) {
    const share = of / whole;
    const [train, validation, test] = [wanted.train, wanted.validation, wanted.test].map((n) =>
      Math.round(n * share),
    ) as [number, number, number];
    const fits = separate
      ? train <= available.training && validation + test <= available.evaluation
      : train + validation + test <= available.either;
    if (fits && train + validation + test <= available.normal && Math.min(train, validation, test) > 0) {
      return { train, validation, test };
    }
  }
  throw new FracatlasLoaderError(
    `${fractured} radiographs with a fracture and ${available.normal} without are too few for a balanced set.`,
    { code: 'too-few-images', remedy: 'Take at least 20 radiographs of each class.' },
  );
}

/** What {@link BalancedSizes} must be. */
export const balancedSizesRule = rule.fields({
  train: rule.whole({ from: 1 }),
  validation: rule.whole({ from: 1 }),
  test: rule.whole({ from: 1 }),
});

/** What {@link BalancedSetOptions} must be. */
export const balancedSetOptionsRule = rule.fields({
  seed: rule.anyNumber,
  groups: rule.optional(rule.listOf(rule.listOf(rule.anyText))),
  evaluationFractures: rule.optional(rule.iterable),
  ratio: rule.optional(balancedSizesRule),
  exclude: rule.optional(rule.iterable),
});

const balancedSetArguments = { records: rule.listOf(splitRecordRule), options: balancedSetOptionsRule };

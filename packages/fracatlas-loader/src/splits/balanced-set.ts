import { drawsFrom } from '../draws.js';
import { FracatlasLoaderError } from '../errors.js';
import { dealGroups } from './deal-groups.js';
import { fingerprintOf } from './fingerprint.js';
import { completeGroups } from './hold-out.js';
import type { Split, SplitRecord } from './split.js';

/** Images of each class in train, validation and test, for the 717 fractured radiographs of the full FracAtlas. */
const fullSet = { fractured: 717, train: 570, validation: 85, test: 43 };

export interface BalancedSetOptions {
  seed: number;
  /** Files that stay together, from {@link groupRecords}; without them every file is on its own. */
  groups?: readonly (readonly string[])[];
  /**
   * The fractured files that validation and test may take, such as those held out from segmentation; the fractures of
   * training then come from the others. Without it all fractured files may go anywhere.
   */
  evaluationFractures?: Iterable<string>;
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
export function balancedSet(
  records: readonly SplitRecord[],
  { seed, groups, evaluationFractures, exclude = [] }: BalancedSetOptions,
): Split {
  const excluded = new Set(exclude);
  const usable = records.filter(({ file }) => !excluded.has(file));
  const evaluation = evaluationFractures && new Set(evaluationFractures);
  const stratumOf = strataOf(usable, evaluation);
  const available = { evaluation: 0, training: 0, either: 0, normal: 0 };
  for (const stratum of stratumOf.values()) available[stratum] += 1;

  const { train, validation, test } = sizesFor(available, evaluation !== undefined);
  const inTraining = evaluation ? 'training' : 'either';
  const inEvaluation = evaluation ? 'evaluation' : 'either';
  const targets = [
    { part: 'train', counts: { normal: train, [inTraining]: train } },
    { part: 'validation', counts: { normal: validation, [inEvaluation]: validation } },
    { part: 'test', counts: { normal: test, [inEvaluation]: test } },
  ];
  const left: Record<string, number> = { ...available };
  for (const { counts } of targets) for (const [stratum, n] of Object.entries(counts)) left[stratum] -= n;

  const draws = drawsFrom(seed);
  const whole = completeGroups(usable, groups);
  const parts = dealGroups(whole, {
    targets: [...targets, { part: 'unused', counts: left }],
    stratumOf: (file) => stratumOf.get(file)!,
    draws,
    overflow: 'unused',
  });
  for (const { part } of targets) {
    const isNormal = (file: string) => stratumOf.get(file) === 'normal';
    const classes = [parts[part].filter(isNormal), parts[part].filter((file) => !isNormal(file))];
    const even = Math.min(...classes.map((files) => files.length));
    const shuffled = classes.map((files) => draws.shuffled(files));
    parts[part] = shuffled.flatMap((files) => files.slice(0, even)).sort();
    parts.unused.push(...shuffled.flatMap((files) => files.slice(even)));
  }
  parts.unused = [...parts.unused, ...records.map(({ file }) => file).filter((file) => excluded.has(file))].sort();
  return { method: 'balanced', seed, fingerprint: fingerprintOf(records, whole), parts };
}

type Stratum = 'evaluation' | 'training' | 'either' | 'normal';

function strataOf(records: readonly SplitRecord[], evaluation: ReadonlySet<string> | undefined): Map<string, Stratum> {
  const fracturedStratum = (file: string): Stratum => {
    if (!evaluation) return 'either';
    return evaluation.has(file) ? 'evaluation' : 'training';
  };
  return new Map(records.map(({ file, fractured }) => [file, fractured ? fracturedStratum(file) : 'normal']));
}

/** The largest numbers per class that the radiographs allow, in the ratio of the full set and at most its share. */
function sizesFor(
  available: Record<Stratum, number>,
  separate: boolean,
): { train: number; validation: number; test: number } {
  const fractured = available.evaluation + available.training + available.either;
  const most = Math.min(fractured, available.normal);
  for (let of = most; of > 0; of -= 1) {
    const share = of / fullSet.fractured;
    const [train, validation, test] = [fullSet.train, fullSet.validation, fullSet.test].map((n) =>
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

import { checkGiven } from '../check-given.js';
import { meanWithInterval, type MeanInterval, type MeanWithIntervalOptions } from '../intervals/mean-with-interval.js';
import { type CaseMetrics, caseMetricsRule } from './evaluate-case.js';

/** How well a case was segmented, each voxel judged by its own label; fractions, NaN where one is not defined. */
export interface LesionMeasures {
  Dice: number;
  IoU: number;
  Precision: number;
  Recall: number;
}

/** What was marked on cases without a lesion. */
export interface FalseMarks {
  /** Cases whose reference has no label. */
  cases: number;
  /** Share of them with any mark. */
  share: MeanInterval;
  /** Marked voxels of such a case. */
  meanVoxels: number;
}

/** Cases with a lesion, the means over them, and what was marked on the others. */
export interface LesionSummary {
  /** In the order given. */
  lesions: { metrics: CaseMetrics; measures: LesionMeasures }[];
  /** Over the cases where a measure is defined; all NaN where none is. */
  means: Record<keyof LesionMeasures, MeanInterval>;
  /** Undefined where every case has a lesion: then nothing is known. */
  falseMarks: FalseMarks | undefined;
}

/** How cases are resampled for the intervals. */
export interface SummarizeLesionsOptions {
  /** The group of a case; whole groups are drawn, as for several images of one patient. */
  groupOf: (metrics: CaseMetrics) => number;
  /** Default 0; the same seed gives the same intervals. */
  seed?: number;
}

/**
 * Judges cases as wholes: all labels together, those with a lesion by overlap, those without by false marks, each with a 95 %
 * bootstrap interval. The order of the cases decides which are drawn, so the same order gives the same intervals.
 *
 * @param cases as {@link evaluateCase} gives them, and `metric_per_case` of nnU-Net's summary.json has them.
 */
export function summarizeLesions(cases: readonly CaseMetrics[], given: SummarizeLesionsOptions): LesionSummary {
  checkGiven({ cases, given }, summarizeLesionsArguments);
  const { groupOf, seed } = given;

  const counted = cases.map((metrics) => ({ metrics, counts: countsOf(metrics) }));
  const lesions = counted
    .filter(({ counts: { TP, FN } }) => TP + FN > 0)
    .map(({ metrics, counts }) => ({ metrics, measures: measuresOf(counts) }));
  const groups = lesions.map(({ metrics }) => groupOf(metrics));
  const mean = (name: keyof LesionMeasures) =>
    meanWithInterval(
      lesions.map(({ measures }) => measures[name]),
      { groups, seed },
    );
  const others = counted.filter(({ counts: { TP, FN } }) => TP + FN === 0);
  const options = { groups: others.map(({ metrics }) => groupOf(metrics)), seed };
  return {
    lesions,
    means: { Dice: mean('Dice'), IoU: mean('IoU'), Precision: mean('Precision'), Recall: mean('Recall') },
    falseMarks:
      others.length === 0
        ? undefined
        : falseMarksOf(
            others.map(({ counts }) => counts.FP),
            options,
          ),
  };
}

/** @param marked voxels of each case without a lesion. */
function falseMarksOf(marked: readonly number[], options: MeanWithIntervalOptions): FalseMarks {
  const share = meanWithInterval(
    marked.map((voxels) => Number(voxels > 0)),
    options,
  );
  return { cases: marked.length, share, meanVoxels: marked.reduce((sum, voxels) => sum + voxels, 0) / marked.length };
}

type Counts = Record<'TP' | 'FP' | 'FN', number>;

/** Of all labels together. */
function countsOf({ metrics }: CaseMetrics): Counts {
  const sum = { TP: 0, FP: 0, FN: 0 };
  for (const { TP, FP, FN } of Object.values(metrics)) {
    sum.TP += TP;
    sum.FP += FP;
    sum.FN += FN;
  }
  return sum;
}

function measuresOf({ TP, FP, FN }: Counts): LesionMeasures {
  return {
    Dice: (2 * TP) / (2 * TP + FP + FN),
    IoU: TP / (TP + FP + FN),
    Precision: TP / (TP + FP),
    Recall: TP / (TP + FN),
  };
}

/** What {@link SummarizeLesionsOptions} must be. */
const summarizeLesionsOptionsRule = { groupOf: 'function', 'seed?': 'whole number' };

const summarizeLesionsArguments = { cases: [caseMetricsRule], given: summarizeLesionsOptionsRule };

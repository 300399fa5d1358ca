import { basename, join } from 'node:path';
import type { Conversion } from '@fractura/coco-to-nifti';
import { meanWithInterval, type CaseMetrics } from '@fractura/metrics';
import { accumulateFolds, evaluateFolder } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';
import type { StudySplits } from './split-atlas.js';

/** A mean over cases with its 95 % confidence interval; groups of images are resampled whole. */
export interface MeanWithInterval {
  name: string;
  value: number;
  lower: number;
  upper: number;
}

/** How well one case was segmented; NaN where a measure is not defined. */
export interface CaseResult {
  case: string;
  file: string;
  /** Dice, IoU, precision, recall; fractions. */
  measures: Record<string, number>;
}

/** Cases with a lesion, and the means over them. */
export interface SegmentationResult {
  cases: CaseResult[];
  means: MeanWithInterval[];
  /** What was marked on normal radiographs; without normal ones, nothing is known. */
  falseAlarms?: FalseAlarms;
}

/** Marks on normal radiographs. */
export interface FalseAlarms {
  normals: number;
  /** Share of the normal radiographs with any mark. */
  share: MeanWithInterval;
  /** Marked pixels of a normal radiograph. */
  meanPixels: number;
}

/** What was reached in cross-validation and, all folds together, on the held-out images. */
export interface SegmentationResults {
  crossValidation: SegmentationResult;
  heldOut: SegmentationResult;
}

/** Compares the predictions with the annotations: each fold's of its own cases, and all folds' together of the held-out ones. */
export async function evaluateStudySegmentation(
  splits: StudySplits,
  { cases }: Pick<Conversion, 'cases'>,
  context: RunContext,
): Promise<SegmentationResults> {
  const { paths, ledger, note, signal } = context;
  return ledger.run({
    name: 'evaluate',
    inputs: {},
    run: async () => {
      const { summary: crossValidation } = await accumulateFolds({
        model: paths.model,
        folds: splits.folds.map((_, fold) => fold),
        references: [join(paths.rawDataset, 'labelsTr')],
        signal,
      });
      const { summary: heldOut } = await evaluateFolder({
        references: join(paths.rawDataset, 'labelsTs'),
        predictions: paths.heldOut,
        output: join(paths.heldOut, 'summary.json'),
        signal,
      });
      const validated = splits.folds.flatMap(({ val }) => cases.filter(({ file }) => val.includes(file)));
      const results = {
        crossValidation: summarise(crossValidation.metric_per_case, validated, splits, context),
        heldOut: summarise(
          heldOut.metric_per_case,
          cases.filter(({ set }) => set === 'test'),
          splits,
          context,
        ),
      };
      const [dice] = results.crossValidation.means;
      note(
        `Cross-validated Dice ${dice.value.toFixed(3)} (95 % interval ${dice.lower.toFixed(3)} to ${dice.upper.toFixed(3)})`,
      );
      return results;
    },
  });
}

function summarise(
  evaluated: readonly CaseMetrics[],
  cases: Conversion['cases'],
  { groups }: StudySplits,
  { settings }: RunContext,
): SegmentationResult {
  const measuresByCase = new Map(
    evaluated.map((metrics) => [
      basename(metrics.prediction_file).replace(/\.nii\.gz$/, ''),
      { measures: measuresOf(metrics), marked: countsOf(metrics).FP },
    ]),
  );
  const results = cases
    .filter(({ normal }) => !normal)
    .map(({ case: name, file }) => ({ case: name, file, measures: measuresByCase.get(name)!.measures }));
  const groupOf = new Map(groups.flatMap((files, group) => files.map((file) => [file, group] as const)));
  const means = Object.keys(results[0].measures).map((name) => {
    // Where nothing was predicted at all, no image has a precision.
    const { value, lower, upper } = meanWithInterval(
      results.map(({ measures }) => measures[name]),
      { groups: results.map(({ file }) => groupOf.get(file)!), seed: settings.seed },
    );
    return { name, value, lower, upper };
  });
  const result: SegmentationResult = { cases: results, means };
  const normals = cases.filter(({ normal }) => normal);
  if (normals.length > 0) {
    const marked = normals.map(({ case: name }) => measuresByCase.get(name)!.marked);
    const { value, lower, upper } = meanWithInterval(
      marked.map((pixels) => Number(pixels > 0)),
      { groups: normals.map(({ file }) => groupOf.get(file)!), seed: settings.seed },
    );
    result.falseAlarms = {
      normals: normals.length,
      share: { name: 'Normal radiographs with a mark', value, lower, upper },
      meanPixels: marked.reduce((sum, pixels) => sum + pixels, 0) / marked.length,
    };
  }
  return result;
}

/** Of all labels together, each voxel judged by its own label. */
function measuresOf(metrics: CaseMetrics): Record<string, number> {
  const { TP, FP, FN } = countsOf(metrics);
  return {
    Dice: (2 * TP) / (2 * TP + FP + FN),
    IoU: TP / (TP + FP + FN),
    Precision: TP / (TP + FP),
    Recall: TP / (TP + FN),
  };
}

function countsOf({ metrics }: CaseMetrics): { TP: number; FP: number; FN: number } {
  const sum = { TP: 0, FP: 0, FN: 0 };
  for (const { TP, FP, FN } of Object.values(metrics)) {
    sum.TP += TP;
    sum.FP += FP;
    sum.FN += FN;
  }
  return sum;
}

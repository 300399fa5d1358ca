import { basename, join } from 'node:path';
import type { Conversion } from '@fractura/coco-to-nifti';
import { groupNumbers, type StudySplits } from '@fractura/fracatlas-loader';
import { summarizeLesions, type CaseMetrics, type LesionMeasures } from '@fractura/metrics';
import { accumulateFolds, evaluateFolder } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';
import { namedInterval, type NamedInterval } from './named-interval.js';

/** How well one case was segmented; NaN where a measure is not defined. */
export interface CaseResult {
  case: string;
  file: string;
  measures: LesionMeasures;
}

/** Cases with a lesion, and the means over them. */
export interface SegmentationResult {
  cases: CaseResult[];
  means: NamedInterval[];
  /** What was marked on normal radiographs; without normal ones, nothing is known. */
  falseAlarms: FalseAlarms | undefined;
}

/** Marks on normal radiographs. */
export interface FalseAlarms {
  normals: number;
  /** Share of the normal radiographs with any mark. */
  share: NamedInterval;
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
  { settings: { seed } }: RunContext,
): SegmentationResult {
  const metricsByCase = new Map(evaluated.map((metrics) => [caseOf(metrics), metrics]));
  const fileOf = new Map(cases.map((converted) => [converted.case, converted.file]));
  const groupOf = groupNumbers(groups);
  const { lesions, means, falseMarks } = summarizeLesions(
    cases.map((converted) => metricsByCase.get(converted.case)!),
    { groupOf: (metrics) => groupOf.get(fileOf.get(caseOf(metrics))!)!, seed },
  );
  return {
    cases: lesions.map(({ metrics, measures }) => {
      const name = caseOf(metrics);
      return { case: name, file: fileOf.get(name)!, measures };
    }),
    means: Object.entries(means).map(([name, mean]) => namedInterval(name, mean)),
    falseAlarms: falseMarks && {
      normals: falseMarks.cases,
      share: namedInterval('Normal radiographs with a mark', falseMarks.share),
      meanPixels: falseMarks.meanVoxels,
    },
  };
}

const caseOf = ({ prediction_file: file }: CaseMetrics): string => basename(file).replace(/\.nii\.gz$/, '');

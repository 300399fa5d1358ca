import { join } from 'node:path';
import { makeFolder } from '@fractura/array-files';
import type { Conversion } from '@fractura/coco-to-nifti';
import { evaluateCase, summarizeCases, type CaseMetrics } from '@fractura/metrics';
import { readNifti, readNpy, writeNifti } from '@fractura/volume-io';
import type { Atlas } from '@fractura/fracatlas-loader';
import writeFileAtomic from 'write-file-atomic';
import { encodeSummary, meanWithInterval } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';
import { readModel } from './read-model.js';
import { maskOf, prepareImage } from './segment-image.js';
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

/** Cases and the means over them. */
export interface SegmentationResult {
  cases: CaseResult[];
  means: MeanWithInterval[];
}

/** What was reached in cross-validation and, all folds together, on the held-out images. */
export interface SegmentationResults {
  crossValidation: SegmentationResult;
  heldOut: SegmentationResult;
}

const foreground = 1;

/** Compares the folds' predictions with the annotations, each fold on its own cases and all folds together on the held-out. */
export async function evaluateSegmentation(
  atlas: Atlas,
  splits: StudySplits,
  { cases }: Pick<Conversion, 'cases'>,
  context: RunContext,
): Promise<SegmentationResults> {
  const { paths, ledger, note } = context;
  return ledger.run({
    name: 'evaluate',
    inputs: {},
    folders: [paths.heldOut],
    run: async () => {
      await ensembleHeldOut(atlas, splits, cases, context);
      const trained: EvaluatedCase[] = [];
      for (const [fold, { val }] of splits.folds.entries()) {
        const ofFold = await evaluateCases(
          cases.filter(({ file }) => val.includes(file)),
          {
            references: join(paths.rawDataset, 'labelsTr'),
            predictions: paths.validation(fold),
          },
        );
        trained.push(...ofFold);
      }
      await makeFolder(paths.crossValidation);
      await writeSummary(join(paths.crossValidation, 'summary.json'), trained);
      const heldOut = await evaluateCases(
        cases.filter(({ set }) => set === 'test'),
        {
          references: join(paths.rawDataset, 'labelsTs'),
          predictions: paths.heldOut,
        },
      );
      await writeSummary(join(paths.heldOut, 'summary.json'), heldOut);
      const results = {
        crossValidation: summarise(trained, splits, context),
        heldOut: summarise(heldOut, splits, context),
      };
      const [dice] = results.crossValidation.means;
      note(
        `Cross-validated Dice ${dice.value.toFixed(3)} (95 % interval ${dice.lower.toFixed(3)} to ${dice.upper.toFixed(3)})`,
      );
      return results;
    },
  });
}

/** Averages the folds' logits of each held-out image, as nnU-Net puts folds together, and writes the labels. */
async function ensembleHeldOut(
  { records }: Atlas,
  { folds }: StudySplits,
  cases: Conversion['cases'],
  { paths, settings }: RunContext,
): Promise<void> {
  const model = { ...(await readModel(paths)), ...settings };
  await makeFolder(paths.heldOut);
  for (const { case: name, file } of cases.filter(({ set }) => set === 'test')) {
    const { path } = records.find((record) => record.file === file)!;
    const sum = await meanOfArrays(folds.map((_, fold) => join(paths.heldOutLogits(fold), `${name}.npy`)));
    const { labels, width, height } = maskOf(sum, await prepareImage(path, model), model);
    await writeNifti(join(paths.heldOut, `${name}.nii.gz`), { data: labels, shape: [width, height, 1] });
  }
}

async function meanOfArrays(files: readonly string[]): Promise<Float32Array> {
  let mean: Float32Array | undefined;
  for (const file of files) {
    const { data } = await readNpy(file);
    mean ??= new Float32Array(data.length);
    for (let i = 0; i < mean.length; i += 1) {
      mean[i] += Number(data[i]) / files.length;
    }
  }
  return mean!;
}

interface EvaluatedCase {
  case: string;
  file: string;
  metrics: CaseMetrics;
}

async function evaluateCases(
  cases: Conversion['cases'],
  { references, predictions }: { references: string; predictions: string },
): Promise<EvaluatedCase[]> {
  return Promise.all(
    cases.map(async ({ case: name, file }) => {
      const [referenceFile, predictionFile] = [references, predictions].map((folder) => join(folder, `${name}.nii.gz`));
      const [reference, prediction] = await Promise.all([readNifti(referenceFile), readNifti(predictionFile)]);
      const metrics = evaluateCase({
        reference: reference.data as Uint8Array,
        prediction: prediction.data as Uint8Array,
        referenceFile,
        predictionFile,
        labels: [foreground],
      });
      return { case: name, file, metrics };
    }),
  );
}

async function writeSummary(file: string, cases: readonly EvaluatedCase[]): Promise<void> {
  await writeFileAtomic(file, encodeSummary(summarizeCases(cases.map(({ metrics }) => metrics))));
}

function summarise(
  cases: readonly EvaluatedCase[],
  { groups }: StudySplits,
  { settings }: RunContext,
): SegmentationResult {
  const results = cases.map(({ case: name, file, metrics }) => ({ case: name, file, measures: measuresOf(metrics) }));
  const groupOf = new Map(groups.flatMap((files, group) => files.map((file) => [file, group] as const)));
  const means = Object.keys(results[0].measures).map((name) => {
    // Where nothing was predicted at all, no image has a precision.
    const { value, lower, upper } = meanWithInterval(
      results.map(({ measures }) => measures[name]),
      { groups: results.map(({ file }) => groupOf.get(file)!), seed: settings.seed },
    );
    return { name, value, lower, upper };
  });
  return { cases: results, means };
}

function measuresOf(metrics: CaseMetrics): Record<string, number> {
  const { Dice, IoU, TP, FP, FN } = metrics.metrics[String(foreground)];
  return { Dice, IoU, Precision: TP / (TP + FP), Recall: TP / (TP + FN) };
}

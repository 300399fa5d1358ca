import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { writeFileBeside } from '@fractura/array-files';
import { labelKey, type EvaluationSummary } from '@fractura/metrics';
import {
  encodeSummary,
  writePostprocessing,
  type DeterminedPostprocessing,
  type PostprocessingStep,
} from '@fractura/nnunet-format';
import { encodePythonJson, joinPath, parsePythonJson } from '@fractura/python-compat';
import { compareFolders } from '../evaluation/compare-folders.js';
import { readSegmentationFormat } from '../folders/segmentation-format.js';
import { completeReporting, type Reporting } from '../reporting.js';
import { applyPostprocessing } from './apply-postprocessing.js';
import { postprocess } from './postprocess.js';

/** Which predictions to improve. */
export interface DeterminePostprocessingOptions extends Reporting {
  /** Folder of predicted labels. */
  predictions: string;
  /** Folder of the true ones. */
  references: string;
  /** Default: the one in the folder of predictions. */
  datasetJson?: string;
  /** Keep the folder `postprocessed`. Default true. */
  keepPostprocessed?: boolean;
}

/**
 * Tries to keep only the largest component of the whole foreground, then of each label or region alone, and takes what
 * improves the mean Dice: the first only if no class gets worse, each of the others if its own class gains.
 *
 * Writes `summary.json`, `postprocessing.json`, `postprocessing.pkl` and the folder `postprocessed`, as nnU-Net.
 *
 * @throws NnunetError as `evaluateFolder`
 * @see nnU-Net: nnunetv2/postprocessing/remove_connected_components.py, determine_postprocessing
 */
export async function determinePostprocessing(
  options: DeterminePostprocessingOptions,
): Promise<DeterminedPostprocessing> {
  const { predictions, references, datasetJson, keepPostprocessed = true } = options;
  const { note, progress, signal } = completeReporting(options);
  const { classes, labels, ending } = await readSegmentationFormat(predictions, datasetJson);
  const target = joinPath(predictions, 'postprocessed');
  const evaluate = (steps: readonly PostprocessingStep[], namedPredictions = target) =>
    compareFolders({
      predictions,
      references,
      labels: classes,
      ignoreLabel: labels.ignoreLabel,
      fileEnding: ending,
      prepare: (data, shape) => postprocess(data, shape, steps),
      signal,
      namedPredictions,
      allowMissing: true,
    });
  const summaryFile = joinPath(predictions, 'summary.json');
  const before = await evaluate([], predictions);
  // nnU-Net trusts a summary that is already there; here it is kept where it still holds, and else written again.
  if (!(await hasSameMeasures(summaryFile, before))) {
    await writeFileBeside(summaryFile, encodeSummary(before));
  }

  let steps: PostprocessingStep[] = [];
  let after = before;
  const attempt = async (step: PostprocessingStep, improves: (tried: EvaluationSummary) => boolean) => {
    const tried = await evaluate([...steps, step]);
    if (improves(tried)) {
      steps = [...steps, step];
      after = tried;
    }
  };
  const separately = classes.length > 1 ? classes : [];
  const total = 1 + separately.length;
  const task = progress('Trying postprocessing');
  await attempt(
    { labels_or_regions: labels.foregroundLabels },
    (tried) =>
      tried.foreground_mean.Dice > after.foreground_mean.Dice &&
      !Object.keys(tried.mean).some((key) => tried.mean[key].Dice < after.mean[key].Dice),
  );
  task.update({ done: 1, total });
  for (const [i, labelOrRegion] of separately.entries()) {
    const key = labelKey(labelOrRegion);
    await attempt({ labels_or_regions: labelOrRegion }, (tried) => tried.mean[key].Dice > after.mean[key].Dice);
    task.update({ done: i + 2, total });
  }
  const [from, to] = [before, after].map(({ foreground_mean: { Dice } }) => Dice.toFixed(5));
  task.finish(steps.length > 0 ? `mean Dice ${from}, then ${to}` : 'none improves the mean Dice');
  for (const { labels_or_regions: of } of steps) {
    note(`Keep the largest component of ${JSON.stringify(of)}.`);
  }

  if (keepPostprocessed) {
    await applyPostprocessing({ input: predictions, output: target, steps, datasetJson, signal });
    const summary = steps.length > 0 ? encodeSummary(after) : await readFile(summaryFile);
    await writeFileBeside(joinPath(target, 'summary.json'), summary);
  } else {
    await rm(target, { recursive: true, force: true });
  }
  await writePostprocessing(predictions, { steps, before, after }, classes);
  return { steps, before, after };
}

/** Whether a summary on disk has the same measures, wherever its references lie. */
async function hasSameMeasures(file: string, summary: EvaluationSummary): Promise<boolean> {
  if (!existsSync(file)) {
    return false;
  }
  const measures = ({ metric_per_case: cases }: Partial<EvaluationSummary>) =>
    encodePythonJson(cases?.map(({ metrics }) => metrics) ?? null, { sortKeys: true });
  const found = parsePythonJson(await readFile(file, 'utf8')) as Partial<EvaluationSummary>;
  return measures(found) === measures(summary);
}

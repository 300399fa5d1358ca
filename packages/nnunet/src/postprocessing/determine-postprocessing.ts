import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { labelKey, type EvaluationSummary } from '@fractura/metrics';
import { encodePythonJson, parsePythonJson } from '@fractura/python-compat';
import writeFileAtomic from 'write-file-atomic';
import { encodeSummary } from '../evaluation/encode-summary.js';
import type { Reporting } from '../reporting.js';
import { applyPostprocessing } from './apply-postprocessing.js';
import type { SegmentationFormat } from '../folders/describing-files.js';
import { evaluateFolder } from '../evaluation/evaluate-folder.js';
import { inFolder } from '../folders/in-folder.js';
import type { PostprocessingStep } from './postprocess.js';
import { writePostprocessing, type DeterminedPostprocessing } from './postprocessing-files.js';

/** Which predictions to improve. */
export interface DeterminePostprocessingOptions extends Reporting {
  predictions: string;
  references: string;
  format: SegmentationFormat;
  /** Keep the folder `postprocessed`. Default true. */
  keepPostprocessed?: boolean;
}

/**
 * Tries to keep only the largest component of the whole foreground, then of each label or region alone, and takes what
 * improves the mean Dice: the first only if no class gets worse, each of the others if its own class gains.
 *
 * Writes `summary.json`, `postprocessing.json`, `postprocessing.pkl` and the folder `postprocessed`, as nnU-Net.
 *
 * @see reference/nnunet-v2/behaviour.md, section 9.5
 */
export async function determinePostprocessing(
  options: DeterminePostprocessingOptions,
): Promise<DeterminedPostprocessing> {
  const { predictions, references, format, signal, progress, note, keepPostprocessed = true } = options;
  const { classes, labels, ending } = format;
  const target = inFolder(predictions, 'postprocessed');
  const evaluate = (steps: readonly PostprocessingStep[], named = target) =>
    evaluateFolder({
      predictions,
      references,
      labels: classes,
      ignoreLabel: labels.ignoreLabel,
      fileEnding: ending,
      steps,
      signal,
      namedPredictions: named,
      chill: true,
    });
  const task = progress('Trying postprocessing');
  const tries = classes.length > 1 ? classes.length + 1 : 1;
  const summaryFile = inFolder(predictions, 'summary.json');
  const before = await evaluate([], predictions);
  // nnU-Net takes a summary that is there for granted; ours is kept where it holds, and made anew where it is out of date.
  if (!(await saysTheSame(summaryFile, before))) {
    await writeFileAtomic(summaryFile, encodeSummary(before));
  }

  let [steps, after]: [PostprocessingStep[], EvaluationSummary] = [[], before];
  const attempt = async (step: PostprocessingStep, improves: (tried: EvaluationSummary) => boolean, done: number) => {
    const tried = await evaluate([...steps, step]);
    const accepted = improves(tried);
    if (accepted) {
      [steps, after] = [[...steps, step], tried];
    }
    task.update({ done, total: tries });
  };
  await attempt(
    { labels_or_regions: labels.foregroundLabels },
    (tried) =>
      tried.foreground_mean.Dice > after.foreground_mean.Dice &&
      !Object.keys(tried.mean).some((key) => tried.mean[key].Dice < after.mean[key].Dice),
    1,
  );
  for (const [i, labelOrRegion] of classes.length > 1 ? classes.entries() : []) {
    const key = labelKey(labelOrRegion);
    await attempt({ labels_or_regions: labelOrRegion }, (tried) => tried.mean[key].Dice > after.mean[key].Dice, i + 2);
  }
  const [from, to] = [before, after].map(({ foreground_mean: { Dice } }) => Dice.toFixed(5));
  task.finish(steps.length > 0 ? `mean Dice ${from}, then ${to}` : 'none improves the mean Dice');
  for (const { labels_or_regions: of } of steps) {
    note(`Keep the largest component of ${JSON.stringify(of)}`);
  }

  if (keepPostprocessed) {
    await applyPostprocessing({ input: predictions, output: target, ending, steps, signal });
    const summary = steps.length > 0 ? encodeSummary(after) : await readFile(summaryFile);
    await writeFileAtomic(inFolder(target, 'summary.json'), summary);
  } else {
    await rm(target, { recursive: true, force: true });
  }
  await writePostprocessing(predictions, { steps, before, after }, classes);
  return { steps, before, after };
}

/** Whether a summary on disk has the same measures, wherever its references lie. */
async function saysTheSame(file: string, summary: EvaluationSummary): Promise<boolean> {
  if (!existsSync(file)) {
    return false;
  }
  const measures = ({ metric_per_case: cases }: Partial<EvaluationSummary>) =>
    encodePythonJson(cases?.map(({ metrics }) => metrics) ?? null, { sortKeys: true });
  const found = parsePythonJson(await readFile(file, 'utf8')) as Partial<EvaluationSummary>;
  return measures(found) === measures(summary);
}

import { join } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import { UsageError, type CommandContext } from '@fractura/command-line';
import { compareJudgements } from '../comparison/compare-judgements.js';
import { comparisonLines, judgementsCsv } from '../comparison/comparison-text.js';
import type { JoinedScores } from '../comparison/join-scores.js';
import { judgeOutOfFold } from '../comparison/judge-out-of-fold.js';

export interface ReportComparisonOptions {
  /** Folder for comparison.json and judgements.csv. */
  output: string | undefined;
  /** The judge that others are compared with; default the first. */
  baseline: string | undefined;
  folds: number;
  seeds: readonly number[];
  resamples: number;
}

/**
 * Compares the judges of films, alone and fused: writes and prints what comes out.
 *
 * @throws UsageError for a baseline that is no judge
 */
export async function reportComparison(
  { cases, leftOut }: JoinedScores,
  { output, baseline, folds, seeds, resamples }: ReportComparisonOptions,
  { print, note, json }: Pick<CommandContext, 'print' | 'note' | 'json'>,
): Promise<void> {
  if (leftOut.length > 0) {
    const [{ id, lacks }] = leftOut;
    note(`${leftOut.length} films are left out, such as ${id}, which lacks ${lacks}.`);
  }
  const judgements = judgeOutOfFold(cases, { folds, seeds });
  const names = judgements.map(({ name }) => name);
  if (baseline !== undefined && !names.includes(baseline)) {
    throw new UsageError(`--baseline is "${baseline}"; the judges are ${names.join(', ')}.`);
  }
  const comparison = compareJudgements(cases, judgements, { baseline, resamples });
  if (output !== undefined) {
    await makeFolder(output);
    const text = JSON.stringify({ ...comparison, leftOut }, undefined, 2);
    await writeFileBeside(join(output, 'comparison.json'), `${text}\n`);
    await writeFileBeside(join(output, 'judgements.csv'), judgementsCsv(cases, judgements));
  }
  if (json) {
    print({ ...comparison, leftOut });
  } else {
    for (const line of comparisonLines(comparison)) {
      print(line);
    }
  }
}

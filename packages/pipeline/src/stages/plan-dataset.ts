import { join } from 'node:path';
import type { StudySplits } from '@fractura/fracatlas-loader';
import { planAndPreprocess, planWholeFilms } from '@fractura/nnunet-planner';
import { readPlans, writePlans, writeSplits, type FoldSplit } from '@fractura/nnunet-format';
import { PipelineError } from '../errors.js';
import type { RunContext } from '../run/run-context.js';
import { plannedConfiguration } from '../run/run-paths.js';

/**
 * Checks the raw data set, plans from its fingerprint, preprocesses its cases and writes the folds. nnU-Net's own plan is
 * written in any case; the one for a processor goes beside it and uses the same cases.
 */
export async function planDataset(
  { folds }: StudySplits,
  cases: ReadonlyMap<string, string>,
  { paths, settings, ledger, note, progress, signal }: RunContext,
): Promise<{ splits: FoldSplit[] }> {
  const { planFor, recipe, size, batch } = settings;
  const wholeFilms = recipe === 'small-lesions';
  return ledger.run({
    name: 'plan',
    inputs: wholeFilms ? { planFor, recipe, batch } : { planFor },
    folders: [paths.preprocessedDataset],
    run: async () => {
      const task = progress('Planning and preprocessing');
      const { reductions } = await planAndPreprocess({
        folder: paths.rawDataset,
        outputFolder: paths.preprocessedDataset,
        configurations: [plannedConfiguration],
        signal,
        planFor,
        verifyIntegrity: true,
        onProgress: task.update,
      });
      for (const reduction of reductions) {
        note(reduction);
      }
      if (wholeFilms) {
        const films = { from: plannedConfiguration, name: paths.configuration, size, batchSize: batch || undefined };
        await writePlans(paths.plans, planWholeFilms(await readPlans(paths.plans), films));
      }
      const splits = folds.map(({ train, val }) => ({ train: casesOf(train, cases), val: casesOf(val, cases) }));
      await writeSplits(join(paths.preprocessedDataset, 'splits_final.json'), splits);
      task.finish();
      return { splits };
    },
  });
}

/** The cases of these files; files that the conversion left out have none. */
function casesOf(files: readonly string[], cases: ReadonlyMap<string, string>): string[] {
  const found = files.flatMap((file) => cases.get(file) ?? []).sort();
  if (found.length > 0) {
    return found;
  }
  throw new PipelineError('A fold of the cross-validation has no images.', {
    code: 'fold-empty',
    remedy: 'Choose fewer folds with --folds, or give more fractured radiographs.',
  });
}

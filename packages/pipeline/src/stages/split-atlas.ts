import { groupRecords, holdOut, kFold, trainingFolds, type Atlas } from '@fractura/fracatlas-loader';
import { writeFileBeside } from '@fractura/array-files';
import type { RunContext } from '../run/run-context.js';

/** Which fractured radiographs train and which judge, by file name. */
export interface StudySplits {
  /** Files that no split tears apart: duplicates and neighbours that look like one study. */
  groups: string[][];
  /** A fifth of the fractured radiographs; trains no fold. */
  heldOut: string[];
  /** Cross-validation over the other four fifths. */
  folds: { train: string[]; val: string[] }[];
}

/** Holds out a fifth of the fractured radiographs and deals the others to folds, groups kept together. */
export async function splitAtlas(
  { records }: Atlas,
  audit: { duplicateGroups: readonly (readonly string[])[]; damaged: readonly string[] },
  { settings: { seed, folds }, paths, ledger }: RunContext,
): Promise<StudySplits> {
  return ledger.run({
    name: 'split',
    inputs: { seed, folds },
    run: async () => {
      const groups = groupRecords(records, { together: audit.duplicateGroups });
      const damaged = new Set(audit.damaged);
      const fractured = records.filter(
        ({ file, fractured, annotations }) => fractured && annotations.length > 0 && !damaged.has(file),
      );
      const { parts, fingerprint } = holdOut(fractured, { seed, groups });
      const trained = new Set(parts.train);
      const dealt = kFold(
        fractured.filter(({ file }) => trained.has(file)),
        { seed, folds, groups },
      );
      const splits = { groups, heldOut: parts.test, folds: trainingFolds(dealt) };
      await writeFileBeside(paths.splits, `${JSON.stringify({ seed, fingerprint, ...splits }, undefined, 2)}\n`);
      return splits;
    },
  });
}

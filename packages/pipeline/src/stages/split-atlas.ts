import { groupRecords, holdOut, kFold, trainingFolds, type Atlas } from '@fractura/fracatlas-loader';
import { writeFileBeside } from '@fractura/array-files';
import { RandomState } from '@fractura/python-compat';
import type { RunContext } from '../run/run-context.js';
import { dealNormals } from './deal-normals.js';

/** Which radiographs train the segmentation and which judge it, by file name. */
export interface StudySplits {
  /** Files that no split tears apart: duplicates and neighbours that look like one study. */
  groups: string[][];
  /** A fifth of the radiographs; trains no fold. */
  heldOut: string[];
  /** Cross-validation over the other four fifths. */
  folds: { train: string[]; val: string[] }[];
  /** Those of `heldOut` and `folds` that are normal; the others are fractured. */
  normals: string[];
}

/**
 * Holds out a fifth of the fractured radiographs and deals the others to folds, groups kept together. Normal radiographs, where the
 * settings want some, are dealt to the same parts afterwards, so that fractured ones are where they are without them.
 */
export async function splitAtlas(
  { records }: Pick<Atlas, 'records'>,
  audit: { duplicateGroups: readonly (readonly string[])[]; damaged: readonly string[] },
  { settings: { seed, folds, segmentationNormals }, paths, ledger }: Pick<RunContext, 'settings' | 'paths' | 'ledger'>,
): Promise<StudySplits> {
  return ledger.run({
    name: 'split',
    inputs: { seed, folds, segmentationNormals },
    run: async () => {
      const groups = groupRecords(records, { together: audit.duplicateGroups });
      const damaged = new Set(audit.damaged);
      const sound = records.filter(({ file }) => !damaged.has(file));
      const fractured = sound.filter(({ fractured, annotations }) => fractured && annotations.length > 0);
      const { parts, fingerprint } = holdOut(fractured, { seed, groups });
      const trained = new Set(parts.train);
      const dealt = kFold(
        fractured.filter(({ file }) => trained.has(file)),
        { seed, folds, groups },
      );
      const validation = Object.values(dealt.parts);
      const normals = dealNormals(
        sound.filter((record) => !record.fractured).map(({ file }) => file),
        {
          dealt: { heldOut: parts.test, validation },
          groups,
          wanted: Math.round(fractured.length * segmentationNormals),
          random: new RandomState(seed),
        },
      );
      const joined = validation.map((files, fold) => [`fold_${fold}`, joinSorted(files, normals.validation[fold])]);
      const splits: StudySplits = {
        groups,
        heldOut: joinSorted(parts.test, normals.heldOut),
        folds: trainingFolds({ parts: Object.fromEntries(joined) as Record<string, string[]> }),
        normals: [normals.heldOut, ...normals.validation].flat().sort(),
      };
      await writeFileBeside(paths.splits, `${JSON.stringify({ seed, fingerprint, ...splits }, undefined, 2)}\n`);
      return splits;
    },
  });
}

/** Normal radiographs among fractured ones; these alone keep their order. */
const joinSorted = (fractured: readonly string[], normals: readonly string[]): string[] =>
  normals.length === 0 ? [...fractured] : [...fractured, ...normals].sort();

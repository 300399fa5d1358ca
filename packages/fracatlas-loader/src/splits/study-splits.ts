import { checkArguments, rule } from '@fractura/errors';
import { RandomState } from '@fractura/python-compat';
import { type AtlasRecord, atlasRecordRule } from '../atlas.js';
import { dealNormals } from './deal-normals.js';
import { groupRecords } from './group-records.js';
import { holdOut } from './hold-out.js';
import { holdOutOfficial } from './hold-out-official.js';
import { kFold, trainingFolds } from './k-fold.js';
import { FracatlasLoaderError } from '../errors.js';

/** Which radiographs train a segmentation and which judge it, by file name. */
export interface StudySplits {
  seed: number;
  /** SHA-256 of the fractured files, sizes and groups that were dealt; see {@link fingerprintOf}. */
  fingerprint: string;
  /** Files that no split tears apart: duplicates and neighbours that look like one study. */
  groups: string[][];
  /** Trains no fold: a fifth of the radiographs, or the fractured ones that the atlas holds out and a fifth of the normal ones. */
  heldOut: string[];
  /** Cross-validation over the others. */
  folds: { train: string[]; val: string[] }[];
  /** Those of `heldOut` and `folds` that are normal; the others are fractured. */
  normals: string[];
  /** In no part: fractured radiographs that belong together with one that the atlas holds out. */
  leftOut: string[];
}

/** `random` draws a fifth; `official` takes the parts `valid` and `test` that were published with the atlas. */
export type HeldOutPart = 'random' | 'official';

export interface StudySplitsOptions {
  seed: number;
  /** Folds of the cross-validation. */
  folds: number;
  /** Normal radiographs for each fractured one, as far as there are so many; 0 takes fractured ones alone. */
  normalsPerFracture: number;
  /** Which fractured radiographs are held out. Default `random`. */
  heldOutPart?: HeldOutPart;
  /** Files that stay together, such as the duplicates of an audit. */
  together?: readonly (readonly string[])[];
  /** Files to leave out, such as damaged ones. */
  exclude?: Iterable<string>;
}

/**
 * Holds out some of the fractured radiographs that have outlines and deals the others to folds, groups kept together. Normal
 * radiographs, where some are wanted, are dealt to the same parts afterwards, so that fractured ones are where they are without them.
 *
 * @throws {@link FracatlasLoaderError} `split-options`, `no-official-split`.
 */
export function studySplits(records: readonly AtlasRecord[], options: StudySplitsOptions): StudySplits {
  checkArguments({ records, options }, studySplitsArguments, FracatlasLoaderError);
  const { seed, folds, normalsPerFracture, heldOutPart = 'random', together, exclude = [] } = options;
  const groups = groupRecords(records, { together });
  const excluded = new Set(exclude);
  const usable = records.filter(({ file }) => !excluded.has(file));
  const fractured = usable.filter(({ fractured, annotations }) => fractured && annotations.length > 0);
  const { parts, fingerprint } =
    heldOutPart === 'official' ? holdOutOfficial(fractured, groups) : holdOut(fractured, { seed, groups });
  const trained = new Set(parts.train);
  const dealt = kFold(
    fractured.filter(({ file }) => trained.has(file)),
    { seed, folds, groups },
  );
  const validation = Object.values(dealt.parts);
  const normals = dealNormals(
    usable.filter((record) => !record.fractured).map(({ file }) => file),
    {
      dealt: { heldOut: parts.test, validation },
      groups,
      wanted: Math.round(fractured.length * normalsPerFracture),
      random: new RandomState(seed),
    },
  );
  const joined = validation.map((files, fold) => [`fold_${fold}`, joinSorted(files, normals.validation[fold])]);
  return {
    seed,
    fingerprint,
    groups,
    heldOut: joinSorted(parts.test, normals.heldOut),
    folds: trainingFolds({ parts: Object.fromEntries(joined) as Record<string, string[]> }),
    normals: [normals.heldOut, ...normals.validation].flat().sort(),
    leftOut: parts.leftOut ?? [],
  };
}

/** Normal radiographs among fractured ones; these alone keep their order. */
const joinSorted = (fractured: readonly string[], normals: readonly string[]): string[] =>
  normals.length === 0 ? [...fractured] : [...fractured, ...normals].sort();

/** What {@link StudySplitsOptions} must be. */
const studySplitsOptionsRule = rule.fields({
  seed: rule.anyNumber,
  folds: rule.anyNumber,
  normalsPerFracture: rule.number({ from: 0, to: Infinity }),
  heldOutPart: rule.optional(rule.oneOf(['random', 'official'])),
  together: rule.optional(rule.listOf(rule.listOf(rule.anyText))),
  exclude: rule.optional(rule.iterable),
});

const studySplitsArguments = { records: rule.listOf(atlasRecordRule), options: studySplitsOptionsRule };

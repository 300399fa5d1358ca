import { studySplits, type Atlas, type AtlasAudit, type StudySplits } from '@fractura/fracatlas-loader';
import { writeFileBeside } from '@fractura/array-files';
import type { RunContext } from '../run/run-context.js';

/** Deals the radiographs of the segmentation to the held-out part and the folds, as the settings want it; writes both as JSON. */
export async function splitAtlas(
  { records }: Pick<Atlas, 'records'>,
  { duplicateGroups, damaged }: Pick<AtlasAudit, 'duplicateGroups' | 'damaged'>,
  { settings, paths, ledger, note }: Pick<RunContext, 'settings' | 'paths' | 'ledger' | 'note'>,
): Promise<StudySplits> {
  const { seed, folds, segmentationNormals } = settings;
  const heldOutPart = records.some(({ officialSplit }) => officialSplit) ? settings.heldOutPart : 'random';
  if (heldOutPart !== settings.heldOutPart) {
    note('The radiographs come without an official split: a fifth of them, drawn at random, is held out.');
  }
  return ledger.run({
    name: 'split',
    inputs: { seed, folds, segmentationNormals, heldOutPart },
    run: async () => {
      const splits = studySplits(records, {
        seed,
        folds,
        normalsPerFracture: segmentationNormals,
        heldOutPart,
        together: duplicateGroups,
        exclude: damaged,
      });
      await writeFileBeside(paths.splits, `${JSON.stringify(splits, undefined, 2)}\n`);
      return splits;
    },
  });
}

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { StudySplits } from '@fractura/fracatlas-loader';
import { openRun, type OpenRunOptions } from '../run/open-run.js';
import type { RunContext } from '../run/run-context.js';
import type { StudyData } from '../run/study-data.js';
import type { RunSettings, SettingName } from '../settings/run-settings.js';
import { auditRun } from '../stages/audit-run.js';
import { checkStudy } from '../stages/check-study.js';
import { casesByFile, convertAtlas } from '../stages/convert-atlas.js';
import { openAtlas, type StudyAtlas } from '../stages/open-atlas.js';
import { planDataset } from '../stages/plan-dataset.js';
import { splitAtlas } from '../stages/split-atlas.js';

/** The radiographs of a search: read and audited once, whatever is tried on them. */
export interface SearchStudy {
  atlas: StudyAtlas;
  /** Files that cannot be read. */
  damaged: readonly string[];
  duplicateGroups: string[][];
}

/** What opening a study's data needs. */
export interface DataOptions extends Omit<OpenRunOptions, 'engine' | 'encoderWeights'> {
  data: StudyData | undefined;
}

/** Preparing data computes nothing that depends on an engine. */
const noEngine = { name: 'none' };

/** Reads and audits the radiographs, or makes synthetic ones, in `study` of the search's folder. */
export async function openStudy({ data, out, ...opening }: DataOptions): Promise<SearchStudy> {
  const context = await openRun({ ...opening, out: join(out, 'study'), engine: noEngine });
  const atlas = await openAtlas(data, context);
  const { audit } = await auditRun(atlas, context);
  return { atlas, damaged: audit.damaged, duplicateGroups: audit.duplicateGroups };
}

/** The settings on which splits, cases and plans depend. */
const preparing: readonly SettingName[] = [
  ...(['seed', 'size', 'fit', 'segmentationNormals', 'heldOutPart', 'folds', 'recipe', 'planFor'] as const),
  ...(['syntheticFractured', 'syntheticNormal'] as const),
];

/** The folder of data prepared so; points that need the same data share it. */
export function dataFolder(out: string, settings: RunSettings): string {
  const values = preparing.map((name) => settings[name]);
  return join(out, 'data', createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 12));
}

/** Held-out part and folds of a study: what is held out judges nothing in a search. */
export async function splitStudy(
  { atlas, damaged, duplicateGroups }: SearchStudy,
  { out, settings, ...opening }: Omit<DataOptions, 'data'>,
): Promise<{ splits: StudySplits; context: RunContext }> {
  // A batch belongs to the training, not to the data.
  const context = await openRun({
    ...opening,
    settings: { ...settings, batch: 0 },
    out: dataFolder(out, settings),
    engine: noEngine,
  });
  const splits = await splitAtlas(atlas, { damaged: [...damaged], duplicateGroups }, context);
  checkStudy(atlas, splits, damaged, settings);
  return { splits, context };
}

/** Splits, converts, plans and preprocesses for a segmentation; data that are there are left as they are. */
export async function prepareSegmentation(study: SearchStudy, options: Omit<DataOptions, 'data'>): Promise<void> {
  const { splits, context } = await splitStudy(study, options);
  const conversion = await convertAtlas(study.atlas, splits, context);
  await planDataset(splits, casesByFile(conversion), context);
}

import { join } from 'node:path';
import { readTextFile, writeFileBeside } from '@fractura/array-files';
import { PipelineError } from '../errors.js';
import type { StudyData } from '../run/study-data.js';
import { radiographSettings, syntheticSettings } from '../settings/default-settings.js';
import type { RunSettings } from '../settings/run-settings.js';
import type { SearchPlan } from './search-plan.js';
import type { SearchTable } from './search-table.js';

/** A search and what it has found so far: `search.json`. Jobs read there what to train. */
export interface SearchRecord {
  /** Version of this layout. */
  format: 1;
  plan: SearchPlan;
  /** Paths are absolute; null is the synthetic atlas. */
  data: StudyData | null;
  /** Once so many hours were computed, all trials together, no trial begins; null where there is no limit. */
  hours: number | null;
  table?: SearchTable;
}

/** The settings that a search's own are laid over. */
export const defaultsOf = ({ data }: Pick<SearchRecord, 'data'>): RunSettings =>
  data === null ? syntheticSettings : radiographSettings;

const recordFile = (out: string) => join(out, 'search.json');

export async function writeSearch(out: string, record: SearchRecord): Promise<void> {
  await writeFileBeside(recordFile(out), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** @throws PipelineError `search-invalid`; ArrayFilesError `file-not-found` */
export async function readSearch(out: string): Promise<SearchRecord> {
  const file = recordFile(out);
  const text = await readTextFile(file);
  const broken = (cause?: unknown) =>
    new PipelineError(`${file} is not a search.`, {
      code: 'search-invalid',
      remedy: 'Give the folder of a search, as fractura search SPACE.yaml --out FOLDER makes it.',
      cause,
    });
  let record: Partial<SearchRecord>;
  try {
    record = JSON.parse(text) as Partial<SearchRecord>;
  } catch (cause) {
    throw broken(cause);
  }
  if (record.format !== 1 || record.plan === undefined || record.data === undefined) {
    throw broken();
  }
  return record as SearchRecord;
}

/**
 * Refuses to go on with another search than the one that the folder is of. A budget may change, and more points may be drawn.
 *
 * @throws PipelineError `search-changed`, which names what differs
 */
export function requireSameSearch(out: string, before: SearchRecord, now: SearchRecord): void {
  const [old, given] = [before, now].map(({ plan, data }): Record<string, unknown> => ({ ...plan, data }));
  // Of halving, how many points begin decides which go on.
  const names = Object.keys({ ...old, ...given }).filter(
    (name) => name !== 'points' || before.plan.method === 'halving',
  );
  const changed = names.find((name) => JSON.stringify(old[name]) !== JSON.stringify(given[name]));
  if (changed !== undefined) {
    throw new PipelineError(
      `${out} has a search whose ${changed} is ${JSON.stringify(old[changed])}, not ${JSON.stringify(given[changed])}.`,
      { code: 'search-changed', remedy: 'Give another folder with --out, or the search as it was begun.' },
    );
  }
}

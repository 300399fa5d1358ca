import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '@fractura/errors';
import type { SearchRecord } from './search-record.js';
import type { TrialResult } from './trial.js';

/** Whether the trials that are over, of this and earlier calls, took as long as a search may compute. */
export async function isBudgetSpent(out: string, { hours }: Pick<SearchRecord, 'hours'>): Promise<boolean> {
  return hours !== null && (await computedSeconds(out)) >= hours * 3600;
}

async function computedSeconds(out: string): Promise<number> {
  const trials = join(out, 'trials');
  let seconds = 0;
  for (const name of await readdir(trials).catch(noneWhereMissing)) {
    const text = await readFile(join(trials, name, 'trial.json'), 'utf8').catch(noneWhereMissing);
    if (typeof text === 'string') {
      seconds += (JSON.parse(text) as TrialResult).seconds;
    }
  }
  return seconds;
}

function noneWhereMissing(error: unknown): never[] {
  if (isMissing(error)) {
    return [];
  }
  throw error;
}

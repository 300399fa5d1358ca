import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileBeside } from '@fractura/array-files';
import type { Reporting } from '@fractura/nnunet';
import { successiveHalving, type Point } from '@fractura/search';
import { bestSettingsFile } from './best-settings.js';
import { prepareSearch } from './prepare-search.js';
import { pointsOf } from './search-points.js';
import { readSearch, requireSameSearch, writeSearch, type SearchRecord } from './search-record.js';
import { bestRow, meanScore, tableOf, type SearchTable } from './search-table.js';
import { searchPage } from './search-page.js';
import { readTrial, type Trial, type TrialResult } from './trial.js';

export interface RunSearchOptions extends Required<Reporting> {
  /** Folder of the search; the same folder again goes on from where it stopped. */
  out: string;
  record: SearchRecord;
  /** The command line, for the page. */
  command: string;
  /** Computes trials whose results are missing, here or elsewhere; some may be left out where the budget is spent. */
  compute: (trials: readonly Trial[]) => Promise<void>;
}

/** What a search left. */
export interface SearchResult {
  table: SearchTable;
  /** A settings file that `fractura run --config` takes; undefined where nothing was scored. */
  best: string | undefined;
  page: string;
}

/**
 * Tries the points of a search: every training is a trial that leaves a file, so that the same call, killed at any moment, goes on from
 * there and ends with the same table.
 *
 * @throws PipelineError `search-changed`; FracturaError of the package whose input was at fault
 */
export async function runSearch(options: RunSearchOptions): Promise<SearchResult> {
  const { out, record } = options;
  if (existsSync(join(out, 'search.json'))) {
    requireSameSearch(out, await readSearch(out), record);
  }
  const points = pointsOf(record.plan);
  await writeSearch(out, record);
  await prepareSearch(out, record, points, options);
  const results = await tryPoints(options, points);
  const table = tableOf(record.plan, points, results);
  await writeSearch(out, { ...record, table });
  const page = join(out, 'search.html');
  await writeFileBeside(page, searchPage({ ...record, table }, options.command));
  const row = bestRow(table);
  if (row === undefined) {
    return { table, best: undefined, page };
  }
  const best = join(out, 'best.yaml');
  await writeFileBeside(best, bestSettingsFile(record.plan, row, table.measure));
  return { table, best, page };
}

/** Trains points with all seeds, of halving rung by rung. @returns all trials that are over */
async function tryPoints(options: RunSearchOptions, points: readonly Point[]): Promise<TrialResult[]> {
  const { out, record, compute } = options;
  const { method, halving, seeds } = record.plan;
  const over: TrialResult[] = [];
  const train = async (entered: readonly number[], length: number | undefined) => {
    const trials = entered.flatMap((point) => seeds.map((seed): Trial => ({ point, length, seed })));
    const missing: Trial[] = [];
    for (const trial of trials) {
      if ((await readTrial(out, trial)) === undefined) {
        missing.push(trial);
      }
    }
    if (missing.length > 0) {
      await compute(missing);
    }
    const results = await Promise.all(trials.map((trial) => readTrial(out, trial)));
    over.push(...results.flatMap((result) => result ?? []));
    return entered.map((_, i) => {
      return meanScore(seeds, results.slice(i * seeds.length, (i + 1) * seeds.length)) ?? undefined;
    });
  };
  if (method === 'halving') {
    await successiveHalving({ points: points.length, ...halving! }, train);
  } else {
    await train([...points.keys()], undefined);
  }
  return over;
}

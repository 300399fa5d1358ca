import type { Point } from '@fractura/search';
import type { SearchRecord } from './search-record.js';
import { defaultsOf } from './search-record.js';
import type { Reporting } from '@fractura/nnunet';
import { classifierFilms, classifierSamples } from './classifier-trial.js';
import { dataFolder, openStudy, prepareSegmentation, splitStudy, type SearchStudy } from './prepared-data.js';
import { trialSettings } from './search-points.js';

/** Opens the radiographs of a search. */
export function openSearchStudy(
  out: string,
  record: SearchRecord,
  reporting: Required<Reporting>,
): Promise<SearchStudy> {
  const settings = trialSettings(record.plan, { point: {}, length: undefined, defaults: defaultsOf(record) });
  return openStudy({ ...reporting, data: record.data ?? undefined, out, settings });
}

/**
 * Prepares all data that the trainings of some points need, so that trials, which may run at once, only read them.
 *
 * @throws FracturaError of the package whose input was at fault
 */
export async function prepareSearch(
  out: string,
  record: SearchRecord,
  points: readonly Point[],
  reporting: Required<Reporting>,
): Promise<void> {
  const study = await openSearchStudy(out, record, reporting);
  const prepared = new Set<string>();
  for (const point of points) {
    const settings = trialSettings(record.plan, { point, length: undefined, defaults: defaultsOf(record) });
    const folder = dataFolder(out, settings);
    const key = JSON.stringify([folder, settings.classifierSize]);
    if (prepared.has(key)) {
      continue;
    }
    prepared.add(key);
    const options = { ...reporting, out, settings };
    if (record.plan.target === 'segmentation') {
      await prepareSegmentation(study, options);
    } else {
      const { splits, context } = await splitStudy(study, options);
      const films = await classifierFilms(study, splits, { folds: record.plan.folds, context });
      await classifierSamples(study, films, { context, settings });
    }
  }
}

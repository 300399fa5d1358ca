import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetJson, Plans } from '@fractura/nnunet-format';
import type { RunPaths } from '../run/run-paths.js';

/** The plans and dataset.json that a run's networks were made with. */
export async function readModel({ preprocessed, plans: plansFile }: Pick<RunPaths, 'preprocessed' | 'plans'>): Promise<{
  plans: Plans;
  datasetJson: DatasetJson;
}> {
  const [plans, datasetJson] = await Promise.all(
    [plansFile, join(preprocessed, 'dataset.json')].map(
      async (file) => JSON.parse(await readFile(file, 'utf8')) as unknown,
    ),
  );
  return { plans: plans as Plans, datasetJson: datasetJson as DatasetJson };
}

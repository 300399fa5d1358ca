import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetJson, Plans } from '@fractura/nnunet-planner';
import type { RunPaths } from '../run/run-paths.js';

/** The plans and dataset.json that a run's networks were made with. */
export async function readModel({ preprocessed }: Pick<RunPaths, 'preprocessed'>): Promise<{
  plans: Plans;
  datasetJson: DatasetJson;
}> {
  const [plans, datasetJson] = await Promise.all(
    ['nnUNetPlans.json', 'dataset.json'].map(
      async (name) => JSON.parse(await readFile(join(preprocessed, name), 'utf8')) as unknown,
    ),
  );
  return { plans: plans as Plans, datasetJson: datasetJson as DatasetJson };
}

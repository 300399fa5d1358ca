import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readDataset } from './dataset/read-dataset.js';
import { extractFingerprint, type DatasetFingerprint } from './fingerprint/extract-fingerprint.js';
import { verifyDatasetIntegrity } from './integrity/verify-dataset-integrity.js';
import type { LongTask } from './map-concurrently.js';
import { planExperiment, type PlanExperimentOptions } from './planning/plan-experiment.js';
import type { Plans } from './plans/plans.js';
import { readPlansIfAny } from './plans/read-plans.js';
import { writeFingerprint, writePlans } from './plans/write-json.js';
import { preprocessDataset } from './preprocessing/preprocess-dataset.js';

/** What to plan, and what to preprocess. */
export interface PlanAndPreprocessOptions
  extends
    LongTask,
    Pick<PlanExperimentOptions, 'planner' | 'gpuMemoryTargetGb' | 'plansName' | 'overwriteTargetSpacing'> {
  /** Of the raw data set. */
  folder: string;
  /** Of the data set in nnUNet_preprocessed. */
  outputFolder: string;
  /** Configurations to preprocess; those that the plan does not have are passed over. Default 2d, 3d_fullres, 3d_lowres. */
  configurations?: readonly string[];
  /** Check the raw data set first. Default false. */
  verifyIntegrity?: boolean;
}

/** Integrity check (if asked for), fingerprint, plan and preprocessing of one data set, one after the other. */
export async function planAndPreprocess(options: PlanAndPreprocessOptions): Promise<{
  plans: Plans;
  fingerprint: DatasetFingerprint;
}> {
  const { folder, outputFolder, configurations = ['2d', '3d_fullres', '3d_lowres'], verifyIntegrity = false } = options;
  const { workers, signal, onProgress, ...planning } = options;
  const steps = (verifyIntegrity ? 1 : 0) + 1 + configurations.length;
  let step = 0;
  const task = (): LongTask => {
    const before = step;
    step += 1;
    return {
      ...{ workers, signal },
      onProgress: ({ done, total }) => onProgress?.({ done: before * total + done, total: steps * total }),
    };
  };
  if (verifyIntegrity) await verifyDatasetIntegrity({ folder, ...task() });
  const dataset = await readDataset(folder);
  const fingerprint = await extractFingerprint({ dataset, ...task() });
  const file = join(outputFolder, `${planning.plansName ?? 'nnUNetPlans'}.json`);
  const plans = planExperiment({ ...planning, dataset, fingerprint, existing: await readPlansIfAny(file) });
  await mkdir(outputFolder, { recursive: true });
  await copyFile(join(folder, 'dataset.json'), join(outputFolder, 'dataset.json'));
  await writeFingerprint(join(outputFolder, 'dataset_fingerprint.json'), fingerprint, dataset.reader);
  await writePlans(join(outputFolder, `${plans.plans_name}.json`), plans);
  for (const configuration of configurations) {
    if (plans.configurations[configuration] === undefined) continue;
    await preprocessDataset({ folder, outputFolder, plans, configuration, ...task() });
  }
  return { plans, fingerprint };
}

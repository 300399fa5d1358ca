import { checkOptions, rule } from '@fractura/errors';
import type { CaseTaskOptions } from '../cases/case-task-options.js';
import { planDataset, planDatasetRules, type PlanDatasetOptions, type PlannedDataset } from './plan-dataset.js';
import { preprocessDataset } from './preprocess-dataset.js';
import { NnunetPlannerError } from '../errors.js';

/** What to plan, and what to preprocess. */
export interface PlanAndPreprocessOptions extends PlanDatasetOptions {
  /** Configurations to preprocess; those that the plan does not have are passed over. Default 2d, 3d_fullres, 3d_lowres. */
  configurations?: readonly string[];
}

/** Integrity check (if asked for), fingerprint, plan and preprocessing of one data set, one after the other. */
export async function planAndPreprocess(options: PlanAndPreprocessOptions): Promise<PlannedDataset> {
  checkOptions(options, planAndPreprocessOptionsRule, NnunetPlannerError);
  const { configurations = defaultConfigurations, onProgress, ...rest } = options;
  const steps = 1 + configurations.length;
  const progressOf = (step: number): Pick<CaseTaskOptions, 'onProgress'> => ({
    onProgress: ({ done, total }) => onProgress?.({ done: step * total + done, total: steps * total }),
  });
  const planned = await planDataset({ ...rest, ...progressOf(0) });
  const { plans } = planned;
  for (const [index, configuration] of configurations.entries()) {
    if (plans.configurations[configuration] === undefined) {
      continue;
    }
    await preprocessDataset({ ...rest, plans, configuration, ...progressOf(1 + index) });
  }
  return planned;
}

/** What nnU-Net preprocesses where nothing is named; the cascade takes the data of 3d_fullres. */
export const defaultConfigurations: readonly string[] = ['2d', '3d_fullres', '3d_lowres'];

const planAndPreprocessOptionsRule = rule.fields({
  configurations: rule.optional(rule.listOf(rule.anyText)),
  ...planDatasetRules,
});

import { checkOptions, rule } from '@fractura/errors';
import { checkFileName, joinInside, makeFolder, withFolder } from '@fractura/array-files';
import { type Plans, plansRule, resolveConfiguration } from '@fractura/nnunet-format';
import type { CaseTaskOptions } from '../cases/case-task-options.js';
import { mapCases } from '../cases/map-cases.js';
import { readDataset, type ReadDatasetOptions } from '../dataset/read-dataset.js';
import { unfinishedCases } from '../preprocessing/unfinished-cases.js';
import { NnunetPlannerError } from '../errors.js';

/** Which data set to preprocess, and how. */
export interface PreprocessDatasetOptions extends CaseTaskOptions, Pick<ReadDatasetOptions, 'variables'> {
  /** Of the raw data set. */
  folder: string;
  /** Of the data set in nnUNet_preprocessed; cases go into its folder named by the configuration's data_identifier. */
  outputFolder: string;
  plans: Plans;
  /** Name of a configuration, such as `2d`. */
  configuration: string;
}

/**
 * Preprocesses every case of a data set for one configuration. Cases that an earlier run finished by the same plan, from files
 * that have not changed since, are kept; others of earlier runs are removed. A folder with files that are not Fractura's is refused.
 *
 * Labels are copied to `gt_segmentations`, as nnU-Net's validation wants them.
 *
 * @returns the folder with the cases.
 * @throws NnunetPlannerError `folder-foreign`; naming the case where one fails.
 * @throws ArrayFilesError `unsafe-name` where the plans or dataset.json name a place outside `outputFolder`; `folder-in-use`
 *   where another process plans or preprocesses the data set.
 */
export async function preprocessDataset(options: PreprocessDatasetOptions): Promise<string> {
  checkOptions(options, preprocessDatasetOptionsRule, NnunetPlannerError);
  const { folder, outputFolder, plans, configuration, variables, ...task } = options;
  const { datasetJson, cases } = await readDataset(folder, variables && { variables });
  const resolved = resolveConfiguration(plans, configuration);
  const target = joinInside(
    outputFolder,
    checkFileName(resolved.data_identifier, { of: `data_identifier of ${configuration}` }),
  );
  const labels = joinInside(outputFolder, 'gt_segmentations');
  const { configurations, ...general } = plans;
  // Only what the arrays depend on: adding a configuration to the plans leaves finished cases as they are.
  const recipe = {
    ...general,
    configurations: { [configuration]: { ...configurations[configuration], ...resolved } },
  };
  await withFolder(outputFolder, async () => {
    await makeFolder(labels);
    const unfinished = await unfinishedCases(target, cases, { plans: recipe, configuration, datasetJson });
    const finished = cases.length - unfinished.length;
    const { onProgress, ...rest } = task;
    await mapCases(
      { kind: 'preprocess', reader: plans.image_reader_writer, target, labels, plans, configuration, datasetJson },
      unfinished,
      { ...rest, onProgress: ({ done }) => onProgress?.({ done: finished + done, total: cases.length }) },
    );
  });
  return target;
}

/** What {@link PreprocessDatasetOptions} must be. */
export const preprocessDatasetOptionsRule = rule.fields({
  folder: rule.text,
  outputFolder: rule.text,
  plans: plansRule,
  configuration: rule.text,
  workers: rule.optional(rule.number()),
  onProgress: rule.optional(rule.callback),
  signal: rule.optional(rule.signal),
  variables: rule.optional(rule.tableOf(rule.optional(rule.anyText))),
});

import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkOptions, rule } from '@fractura/errors';
import { checkFileName, refuseOverwrite } from '@fractura/array-files';
import { readPlans, writePlans, type Plans } from '@fractura/nnunet-format';
import { readDataset, type ReadDatasetOptions } from '../dataset/read-dataset.js';
import { NnunetPlannerError } from '../errors.js';

/** Which plans to bring to which data set. */
export interface MovePlansOptions extends Pick<ReadDatasetOptions, 'variables'> {
  /** Folder in nnUNet_preprocessed of the data set that was planned. */
  source: string;
  /** Name of its plans, such as `nnUNetPlans`. */
  sourcePlans: string;
  /** Raw folder of the data set that is to have the same plans, and its folder in nnUNet_preprocessed. */
  targetRaw: string;
  target: string;
  /** Name that the plans get there. Default: the same. */
  targetPlans?: string;
}

/** The plans as they were written, and where to. */
export interface MovedPlans {
  plans: Plans;
  plansFile: string;
}

/**
 * Copies the plans of one data set to another, so that a network trained on the first can be trained further on the second, as
 * `nnUNetv2_move_plans_between_datasets`: the name of the data set and the reader of its images are changed, and under another
 * name of the plans the names of the folders of preprocessed cases. Its dataset.json is copied beside them where none
 * is there, as planning does: preprocessing and training of both programs read it.
 *
 * @throws NnunetFormatError `plans-missing`, `plans-invalid`; what `readDataset` throws; ArrayFilesError `unsafe-name`,
 *   `output-is-input`, `file-unwritable`.
 * @see nnU-Net: nnunetv2/experiment_planning/plans_for_pretraining/move_plans_between_datasets.py,
 *   move_plans_between_datasets
 */
export async function movePlans(options: MovePlansOptions): Promise<MovedPlans> {
  checkOptions(options, movePlansOptionsRule, NnunetPlannerError);
  const { source, sourcePlans, targetRaw, target, targetPlans = sourcePlans, variables } = options;
  for (const name of [sourcePlans, targetPlans]) {
    checkFileName(name, { of: 'The name of the plans' });
  }
  const sourceFile = join(source, `${sourcePlans}.json`);
  const plansFile = join(target, `${targetPlans}.json`);
  await refuseOverwrite({ inputs: [sourceFile], outputs: [plansFile] });
  const { configurations, ...plans } = await readPlans(sourceFile);
  const { name, reader } = await readDataset(targetRaw, variables && { variables });
  const moved: Plans = {
    ...plans,
    dataset_name: name,
    plans_name: targetPlans,
    image_reader_writer: reader,
    configurations: Object.fromEntries(
      Object.entries(configurations).map(([key, configuration]) => {
        const { data_identifier: identifier } = configuration;
        return identifier === undefined || sourcePlans === targetPlans
          ? [key, configuration]
          : [key, { ...configuration, data_identifier: renamed(identifier, sourcePlans, targetPlans) }];
      }),
    ),
  };
  await writePlans(plansFile, moved);
  const described = join(target, 'dataset.json');
  if (!existsSync(described)) {
    await copyFile(join(targetRaw, 'dataset.json'), described);
  }
  return { plans: moved, plansFile };
}

const renamed = (identifier: string, from: string, to: string): string =>
  identifier.startsWith(from) ? to + identifier.slice(from.length) : `${to}_${identifier}`;

/** What {@link MovePlansOptions} must be. */
export const movePlansOptionsRule = rule.fields({
  source: rule.anyText,
  sourcePlans: rule.text,
  targetRaw: rule.anyText,
  target: rule.text,
  targetPlans: rule.optional(rule.text),
  variables: rule.optional(rule.tableOf(rule.optional(rule.anyText))),
});

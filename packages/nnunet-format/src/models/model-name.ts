import { checkArguments, checkOptions, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';

/** The parts of a model folder's name. */
export interface ModelName {
  /** Such as `nnUNetTrainer_50epochs`. */
  trainer: string;
  /** Name of the plans, such as `nnUNetPlans`. */
  plans: string;
  /** Such as `2d`. */
  configuration: string;
}

/**
 * The name of a model folder, such as `nnUNetTrainer__nnUNetPlans__2d`.
 *
 * @see nnU-Net: nnunetv2/utilities/file_path_utilities.py, get_output_folder and convert_trainer_plans_config_to_identifier
 */
export const formatModelName = (options: ModelName): string => {
  const { trainer, plans, configuration } = checkOptions(options, modelNameRule, NnunetFormatError);
  return `${trainer}__${plans}__${configuration}`;
};

/**
 * The parts of a model folder's name; undefined where the name, the last of the path, does not have three of them.
 *
 * @see nnU-Net: nnunetv2/utilities/file_path_utilities.py, parse_dataset_trainer_plans_configuration_from_path
 */
export function parseModelName(folder: string): ModelName | undefined {
  checkArguments({ folder }, { folder: rule.anyText }, NnunetFormatError);
  const name =
    folder
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .at(-1) ?? '';
  const parts = name.split('__');
  if (parts.length !== 3 || parts.includes('')) {
    return undefined;
  }
  const [trainer, plans, configuration] = parts;
  return { trainer, plans, configuration };
}

/** What {@link ModelName} must be. */
export const modelNameRule = rule.fields({ trainer: rule.text, plans: rule.text, configuration: rule.text });

import { NnunetFormatError } from '../errors.js';
import type { DeclaredConfiguration, NetworkConfiguration, PlanConfiguration, Plans } from './plans.js';
import { upgradeConfiguration } from './upgrade-configuration.js';

type Configurations = Pick<Plans, 'configurations'>;

const networkKeys = ['batch_size', 'patch_size', 'batch_dice', 'architecture'] as const;
const preprocessingKeys = [
  'data_identifier',
  'spacing',
  'normalization_schemes',
  'use_mask_for_norm',
  'resampling_fn_data_kwargs',
  'resampling_fn_seg_kwargs',
  'resampling_fn_probabilities_kwargs',
] as const;

/**
 * One configuration of a plan, complete: what it inherits is filled in, and a network described in the form of nnU-Net 2.0 to
 * 2.2 is described in the present one.
 *
 * @throws NnunetFormatError `configuration-unknown`, `plans-invalid`, naming what is missing.
 * @see nnU-Net: nnunetv2/utilities/plans_handling/plans_handler.py, PlansManager.get_configuration
 */
export function resolveConfiguration(plans: Configurations, name: string): PlanConfiguration {
  return required(resolve(plans, name), name, [...networkKeys, ...preprocessingKeys]) as PlanConfiguration;
}

/**
 * As {@link resolveConfiguration}, but keys that only preprocessing needs may be missing.
 *
 * @throws NnunetFormatError `configuration-unknown`, `plans-invalid`, naming what is missing.
 */
export function resolveNetworkConfiguration(plans: Configurations, name: string): NetworkConfiguration {
  return required(resolve(plans, name), name, networkKeys) as NetworkConfiguration;
}

const resolve = (plans: Configurations, name: string) => upgradeConfiguration(inherit(plans, name, []), name);

/** Own keys over those of the parent, over those of its parent, and so on. */
function inherit({ configurations }: Configurations, name: string, heirs: readonly string[]): DeclaredConfiguration {
  if (!Object.hasOwn(configurations, name)) {
    throw new NnunetFormatError(`The plans have no configuration ${name}.`, {
      code: 'configuration-unknown',
      remedy: `Choose one of: ${Object.keys(configurations).join(', ')}.`,
    });
  }
  if (heirs.includes(name)) {
    throw new NnunetFormatError(`Configuration ${name} inherits from itself: ${[...heirs, name].join(' from ')}.`, {
      code: 'plans-invalid',
      remedy: 'Correct inherits_from in the plans file.',
    });
  }
  const own = configurations[name];
  const { inherits_from: parent } = own;
  return parent === undefined ? own : { ...inherit({ configurations }, parent, [...heirs, name]), ...own };
}

function required(
  configuration: DeclaredConfiguration,
  name: string,
  keys: readonly (keyof PlanConfiguration)[],
): DeclaredConfiguration {
  const missing = keys.filter((key) => configuration[key] === undefined);
  if (missing.length === 0) {
    return configuration;
  }
  throw new NnunetFormatError(`Configuration ${name} of the plans has no ${missing.join(', ')}.`, {
    code: 'plans-invalid',
    remedy: 'Plan the data set again, or add what is missing to the plans file.',
  });
}

import { checkArguments, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';
import type { DeclaredConfiguration, NetworkConfiguration, PlanConfiguration, Plans } from './plans.js';
import { upgradeConfiguration } from './upgrade-configuration.js';

type Configurations = Pick<Plans, 'configurations'>;

/** Of configurations that inherit from each other; nnU-Net's own plans have two. */
const longestChain = 32;

/** Of a patch; a map of 32 features of such a patch takes 32 GiB. */
const mostPatchVoxels = 2 ** 28;

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
 * @throws NnunetFormatError `configuration-unknown`, `plans-invalid`, naming what is missing, `patch-too-large`.
 * @see nnU-Net: nnunetv2/utilities/plans_handling/plans_handler.py, PlansManager.get_configuration
 */
export function resolveConfiguration(plans: Configurations, name: string): PlanConfiguration {
  checkArguments({ plans, name }, configurationArguments, NnunetFormatError);
  return required(resolve(plans, name), name, [...networkKeys, ...preprocessingKeys]) as PlanConfiguration;
}

/**
 * As {@link resolveConfiguration}, but keys that only preprocessing needs may be missing.
 *
 * @throws NnunetFormatError `configuration-unknown`, `plans-invalid`, naming what is missing, `patch-too-large`.
 */
export function resolveNetworkConfiguration(plans: Configurations, name: string): NetworkConfiguration {
  checkArguments({ plans, name }, configurationArguments, NnunetFormatError);
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
  if (heirs.includes(name) || heirs.length > longestChain) {
    throw new NnunetFormatError(
      `Configuration ${name} inherits from ${heirs.includes(name) ? 'itself' : `more than ${longestChain} others`}: ${[...heirs, name].slice(0, 8).join(' from ')}.`,
      {
        code: 'plans-invalid',
        remedy: 'Correct inherits_from in the plans file.',
      },
    );
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
    checkPatch(configuration.patch_size!, name);
    return configuration;
  }
  throw new NnunetFormatError(`Configuration ${name} of the plans has no ${missing.join(', ')}.`, {
    code: 'plans-invalid',
    remedy: 'Plan the data set again, or add what is missing to the plans file.',
  });
}

/** @throws NnunetFormatError `patch-too-large` */
function checkPatch(patch: readonly number[], name: string): void {
  const voxels = patch.reduce((product, extent) => product * extent, 1);
  if (voxels <= mostPatchVoxels) {
    return;
  }
  throw new NnunetFormatError(
    `Configuration ${name} of the plans has patch_size ${patch.join(' x ')}; a map of 32 features would take ` +
      `${Math.round((voxels * 32 * 4) / 2 ** 30)} GiB.`,
    { code: 'patch-too-large', remedy: `Correct patch_size in the plans: at most ${mostPatchVoxels} voxels.` },
  );
}

const configurationArguments = {
  plans: rule.fields({ configurations: rule.tableOf(rule.object) }),
  name: rule.text,
};

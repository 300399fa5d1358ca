import { UnetModelError } from '../errors.js';
import type { ArchitectureBlock } from '@fractura/nnunet-format';

/** What this package reads of one configuration in nnU-Net's plans. */
export interface PlanConfiguration {
  batch_size: number;
  /** Two numbers in 2D, three in 3D. */
  patch_size: readonly number[];
  batch_dice: boolean;
  architecture: ArchitectureBlock;
  use_mask_for_norm?: readonly boolean[];
  /** Of a cascade: the configuration whose labels this one gets as channels. */
  previous_stage?: string;
  [key: string]: unknown;
}

/** nnU-Net's `nnUNetPlans.json`. */
export interface Plans {
  plans_name?: string;
  dataset_name?: string;
  configurations: Record<string, Record<string, unknown>>;
  [key: string]: unknown;
}

/**
 * One configuration of a plan with what it inherits filled in.
 *
 * @throws UnetModelError `configuration-unknown`, `plan-invalid`
 * @see reference/nnunet-v2/behaviour.md, section 3.11
 */
export function readConfiguration(plans: Plans, name: string): PlanConfiguration {
  const configuration = resolve(plans, name, []);
  for (const key of ['batch_size', 'patch_size', 'architecture']) {
    if (configuration[key] === undefined) {
      throw new UnetModelError(`Configuration ${name} of the plan has no ${key}.`, {
        code: 'plan-invalid',
        remedy: 'Make the plan again with the planner.',
      });
    }
  }
  return { batch_dice: true, ...configuration } as PlanConfiguration;
}

function resolve({ configurations }: Plans, name: string, seen: readonly string[]): Record<string, unknown> {
  const own = configurations[name];
  if (!own) {
    throw new UnetModelError(`The plan has no configuration ${name}.`, {
      code: 'configuration-unknown',
      remedy: `Choose one of: ${Object.keys(configurations).join(', ')}.`,
    });
  }
  if (seen.includes(name)) {
    throw new UnetModelError(`Configuration ${name} of the plan inherits from itself.`, {
      code: 'plan-invalid',
      remedy: 'Correct inherits_from in the plans file.',
    });
  }
  const { inherits_from: parent, ...rest } = own;
  return typeof parent === 'string' ? { ...resolve({ configurations }, parent, [...seen, name]), ...rest } : rest;
}

import { checkArguments, rule } from '@fractura/errors';
import { type Plans, plansRule } from '@fractura/nnunet-format';
import { NnunetPlannerError } from '../errors.js';

/** What the sizes of every backbone's and plan's feature maps divide. */
const divisor = 64;

export interface WholeFilmOptions {
  /** The planned configuration that the new one inherits. */
  from: string;
  /** Name of the new configuration. */
  name: string;
  /** Width and height of the largest film in pixels. */
  size: number;
  /** Films of one iteration. @default as planned */
  batchSize?: number;
}

/**
 * Adds to a plan a configuration that trains on whole films: as planned, with a square patch that holds any of them, as nnU-Net's
 * `inherits_from` has it. The cases that were preprocessed for the planned one serve it too.
 *
 * @see nnU-Net: documentation/explanation_plans_files.md
 */
export function planWholeFilms(plans: Plans, options: WholeFilmOptions): Plans {
  checkArguments({ plans, options }, { plans: plansRule, options: wholeFilmOptionsRule }, NnunetPlannerError);
  const { from, name, size, batchSize } = options;
  const extent = Math.ceil(size / divisor) * divisor;
  const films = {
    inherits_from: from,
    patch_size: [extent, extent],
    batch_size: batchSize ?? plans.configurations[from].batch_size,
  };
  return { ...plans, configurations: { ...plans.configurations, [name]: films } };
}

/** What {@link WholeFilmOptions} must be. */
const wholeFilmOptionsRule = rule.fields({
  from: rule.anyText,
  name: rule.text,
  size: rule.number(),
  batchSize: rule.optional(rule.count),
});

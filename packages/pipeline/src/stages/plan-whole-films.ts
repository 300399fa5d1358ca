import { readPlans, writePlans } from '@fractura/nnunet-format';
import { plannedConfiguration, type RunPaths } from '../run/run-paths.js';
import type { RunSettings } from '../settings/run-settings.js';

/** What the sizes of every backbone's and plan's feature maps divide. */
const divisor = 64;

/**
 * Adds to the plans the configuration that trains on whole films: as planned, with a patch that holds any of them, as nnU-Net's
 * `inherits_from` has it.
 *
 * @see nnU-Net: documentation/explanation_plans_files.md
 */
export async function planWholeFilms(
  { plans: file, configuration }: Pick<RunPaths, 'plans' | 'configuration'>,
  { size, batch }: Pick<RunSettings, 'size' | 'batch'>,
): Promise<void> {
  const plans = await readPlans(file);
  const extent = Math.ceil(size / divisor) * divisor;
  const planned = plans.configurations[plannedConfiguration];
  const films = {
    inherits_from: plannedConfiguration,
    patch_size: [extent, extent],
    batch_size: batch > 0 ? batch : planned.batch_size,
  };
  await writePlans(file, { ...plans, configurations: { ...plans.configurations, [configuration]: films } });
}

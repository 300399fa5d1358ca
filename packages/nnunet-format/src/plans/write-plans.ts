import { checkArguments, rule } from '@fractura/errors';
import { encodePythonJson, PythonFloat } from '@fractura/python-compat';
import { writeDescription } from '../files/write-description.js';
import { encodeIntensities } from '../fingerprint/encode-intensities.js';
import { type PlanConfiguration, type Plans, plansRule } from './plans.js';
import { NnunetFormatError } from '../errors.js';

const floats = (values: readonly number[]) => values.map((value) => new PythonFloat(value));

/**
 * A plans file as nnU-Net writes it, byte for byte: floats keep their point.
 *
 * @see nnU-Net: nnunetv2/experiment_planning/experiment_planners/default_experiment_planner.py, ExperimentPlanner.save_plans
 */
export function encodePlans(plans: Plans): string {
  checkArguments({ plans }, { plans: plansRule }, NnunetFormatError);
  const configurations = Object.entries(plans.configurations).map(([name, configuration]) => [
    name,
    encodeConfiguration(name, configuration),
  ]);
  const content = {
    ...plans,
    original_median_spacing_after_transp: floats(plans.original_median_spacing_after_transp),
    configurations: Object.fromEntries(configurations) as unknown,
    foreground_intensity_properties_per_channel: encodeIntensities(plans.foreground_intensity_properties_per_channel),
  };
  return encodePythonJson(content, { indent: 4 });
}

/** Spacings are floats, and so are median sizes but for 3d_lowres, whose median is rounded to whole voxels. */
function encodeConfiguration(name: string, configuration: Partial<PlanConfiguration>): Record<string, unknown> {
  const { spacing, median_image_size_in_voxels: median } = configuration;
  const encodable: Record<string, unknown> = { ...configuration };
  if (median && name !== '3d_lowres') {
    encodable.median_image_size_in_voxels = floats(median);
  }
  if (spacing) {
    encodable.spacing = floats(spacing);
  }
  return encodable;
}

/** Writes a plans file as nnU-Net does. @throws ArrayFilesError `file-unwritable` */
export async function writePlans(file: string, plans: Plans): Promise<void> {
  checkArguments({ file, plans }, { file: rule.text, plans: plansRule }, NnunetFormatError);
  await writeDescription(file, encodePlans(plans));
}

import { NnunetFormatError } from '../errors.js';
import { readJsonIfAny } from '../files/read-json-if-any.js';
import type { Plans } from './plans.js';

/**
 * Reads a plans file, of nnU-Net 2.0 to 2.8 or ours.
 *
 * @throws NnunetFormatError `plans-missing`, `plans-invalid`, naming the file.
 * @see nnU-Net: nnunetv2/utilities/plans_handling/plans_handler.py, PlansManager
 */
export async function readPlans(file: string): Promise<Plans> {
  const plans = await readPlansIfAny(file);
  if (plans) {
    return plans;
  }
  throw new NnunetFormatError(`${file} does not exist.`, {
    code: 'plans-missing',
    remedy: 'Plan the data set first.',
  });
}

/**
 * The plans in a file, or undefined where there is no such file.
 *
 * @throws NnunetFormatError `plans-invalid`, naming the file.
 */
export async function readPlansIfAny(file: string): Promise<Plans | undefined> {
  return readJsonIfAny(file, {
    what: 'a plans file',
    code: 'plans-invalid',
    remedy: 'Plan the data set again.',
    check: checkPlans,
  });
}

const requiredKeys = ['image_reader_writer', 'transpose_forward', 'transpose_backward', 'configurations'] as const;

/** nnU-Net 2.0 to 2.2 call the intensities `foreground_intensity_properties_by_modality`. */
function checkPlans(content: Record<string, unknown>): Plans {
  const missing = requiredKeys.filter((key) => typeof content[key] !== 'object' && typeof content[key] !== 'string');
  if (missing.length > 0) {
    throw new Error(`it has no ${missing.join(', ')}`);
  }
  const { foreground_intensity_properties_by_modality: byModality, ...plans } = content;
  plans.foreground_intensity_properties_per_channel ??= byModality ?? {};
  return plans as Plans;
}

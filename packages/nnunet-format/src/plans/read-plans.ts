import { NnunetFormatError } from '../errors.js';
import type { Plans } from './plans.js';
import { readJsonIfAny } from '../read-json-if-any.js';

/**
 * Reads a plans file, of nnU-Net or ours.
 *
 * @throws NnunetFormatError `plans-missing`, `plans-invalid`, naming the file.
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
 * The plans in a file, or nothing where there is no such file.
 *
 * @throws NnunetFormatError `plans-invalid`, naming the file.
 */
export async function readPlansIfAny(file: string): Promise<Plans | undefined> {
  return readJsonIfAny(file, {
    what: 'a plans file',
    code: 'plans-invalid',
    remedy: 'Plan the data set again.',
    check: (content) => {
      const plans = content as Plans & Record<string, Plans['foreground_intensity_properties_per_channel'] | undefined>;
      if (typeof plans.configurations !== 'object') {
        throw new Error('it has no configurations');
      }
      // The name of this block before version 2.3.
      plans.foreground_intensity_properties_per_channel ??= plans.foreground_intensity_properties_by_modality ?? {};
      return plans;
    },
  });
}

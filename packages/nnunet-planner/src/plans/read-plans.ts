import { readFile } from 'node:fs/promises';
import { parsePythonJson } from '@fractura/python-compat';
import { NnunetPlannerError } from '../errors.js';
import type { Plans } from './plans.js';

/**
 * Reads a plans file, of nnU-Net or ours.
 *
 * @throws NnunetPlannerError `plans-missing`, `plans-invalid`, naming the file.
 */
export async function readPlans(file: string): Promise<Plans> {
  const plans = await readPlansIfAny(file);
  if (plans) return plans;
  throw new NnunetPlannerError(`${file} does not exist`, { code: 'plans-missing', remedy: 'Plan the data set first.' });
}

/** The plans in a file, or nothing where there is no such file. */
export async function readPlansIfAny(file: string): Promise<Plans | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const plans = parsePythonJson(text) as Plans &
      Record<string, Plans['foreground_intensity_properties_per_channel'] | undefined>;
    if (typeof plans.configurations !== 'object') throw new Error('it has no configurations');
    // The name of this block before version 2.3.
    plans.foreground_intensity_properties_per_channel ??= plans.foreground_intensity_properties_by_modality ?? {};
    return plans;
  } catch (cause) {
    throw new NnunetPlannerError(
      `${file} is not a plans file: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        code: 'plans-invalid',
        remedy: 'Plan the data set again.',
        cause,
      },
    );
  }
}

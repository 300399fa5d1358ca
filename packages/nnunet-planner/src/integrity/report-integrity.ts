import { NnunetPlannerError } from '../errors.js';
import type { CaseFindings } from './check-case.js';

/** What a sound data set showed. */
export interface IntegrityReport {
  /** How many were checked. */
  cases: number;
  /** What is odd but allowed, whole sentences: image and label that lie differently in space, stacks without spacing. */
  warnings: string[];
}

/**
 * The report on the cases of a data set, where all of them are sound.
 *
 * @throws NnunetPlannerError `cases-invalid`, which lists every fault.
 */
export function reportIntegrity(folder: string, findings: readonly CaseFindings[]): IntegrityReport {
  const faults = findings.flatMap((each) => each.faults);
  if (faults.length === 0) {
    return { cases: findings.length, warnings: findings.flatMap(({ warnings }) => warnings) };
  }
  throw new NnunetPlannerError(
    `${folder}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} in its cases.\n${faults.join('\n')}`,
    {
      code: 'cases-invalid',
      remedy: 'Correct these cases, or remove them and lower numTraining.',
    },
  );
}

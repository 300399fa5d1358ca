import { NnunetPlannerError } from '../errors.js';
import type { CaseFindings } from './check-case.js';

/** The result for a data set without faults. */
export interface IntegrityReport {
  /** How many were checked. */
  cases: number;
  /** What is unusual but allowed, whole sentences: image and label at different positions, stacks without spacing. */
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

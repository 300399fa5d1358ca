import { rule } from '@fractura/errors';

/** How much a finding matters: an error makes results wrong, a warning can, a note is good to know. */
export type Severity = 'error' | 'warning' | 'note';

/** One thing that an audit found. */
export interface Finding {
  /** A short name that does not change, such as `damaged-image`. */
  code: string;
  severity: Severity;
  title: string;
  /** What it means and what to do, in one or two sentences. */
  explanation: string;
  /** How many cases: files, pairs or groups, as the title says. */
  count: number;
  /** The files concerned, sorted, each once. */
  files: string[];
  /** One sentence a case, where there is more to say than the file's name. */
  details: string[];
}

/** Makes a finding; none where there is no case. `cases` are the files of each case. */
export function findingOf(
  about: Omit<Finding, 'count' | 'files' | 'details'>,
  cases: readonly (readonly string[])[],
  details: readonly string[] = [],
): Finding[] {
  if (cases.length === 0) {
    return [];
  }
  return [{ ...about, count: cases.length, files: [...new Set(cases.flat())].sort(), details: [...details] }];
}

/** What {@link Finding} must be. */
export const findingRule = rule.fields({
  code: rule.anyText,
  severity: rule.oneOf(['error', 'warning', 'note']),
  title: rule.anyText,
  explanation: rule.anyText,
  count: rule.anyNumber,
  files: rule.listOf(rule.anyText),
  details: rule.listOf(rule.anyText),
});

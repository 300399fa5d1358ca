import type { CommandContext } from '@fractura/command-line';
import type { IntegrityReport } from '../integrity/report-integrity.js';

/** Says how many cases are sound; warnings are noted on lines of their own. */
export function reportSoundness({ cases, warnings }: IntegrityReport, { note }: Pick<CommandContext, 'note'>): string {
  for (const warning of warnings) {
    note(`Warning: ${warning}`);
  }
  return `${cases} cases are sound`;
}

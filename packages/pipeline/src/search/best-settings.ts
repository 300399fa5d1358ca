import { stringify } from 'yaml';
import { chosenSettings } from './search-points.js';
import type { SearchPlan } from './search-plan.js';
import type { SearchRow } from './search-table.js';

/** The settings of a row as a settings file (YAML): what `fractura run --config` takes. */
export function bestSettingsFile(plan: SearchPlan, row: SearchRow, measure: string): string {
  const interval = row.interval === null ? '' : ` (95 % over seeds: ${row.interval.map(shown).join(' to ')})`;
  return (
    `# The best of a search of ${Object.keys(plan.space).join(', ')}: ${measure} ${shown(row.score!)}${interval}.\n` +
    `# fractura run --config THIS_FILE\n${stringify(chosenSettings(plan, row.settings, row.length))}`
  );
}

const shown = (score: number): string => score.toFixed(4);

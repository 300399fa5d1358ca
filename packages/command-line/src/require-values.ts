import type { ArgumentTable } from './command-definition.js';
import { UsageError } from './usage-error.js';

/**
 * Refuses an option that takes several values and has none, for which the parser would take its default.
 *
 * @param argv normalized.
 * @throws UsageError that names the option.
 */
export function requireValues(argv: readonly string[], options: ArgumentTable): void {
  for (const [name, { kind, alias = [], describe }] of Object.entries(options)) {
    const spellings = [name, ...[alias].flat()].map((each) => (each.length === 1 ? `-${each}` : `--${each}`));
    const at = argv.findIndex((word) => spellings.includes(word));
    const next = argv.at(at + 1);
    const hasValue = at + 1 < argv.length && !/^--?[A-Za-z]|^--$/.test(next!);
    if (kind.endsWith('s') && at !== -1 && !hasValue) {
      throw new UsageError(`--${name} has no value.`, { remedy: `Give --${name} a value: ${describe}.` });
    }
  }
}

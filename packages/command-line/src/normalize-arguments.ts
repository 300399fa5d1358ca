import type { ArgumentTable } from './command-definition.js';

/**
 * Rewrites nnU-Net's spelling of options into ours: `-gpu_memory_target 2` and `--gpu_memory_target 2` become
 * `--gpu-memory-target 2`. `--no-pp` becomes `--pp=false` where there is no option `no-pp` but a boolean `pp`.
 * Single-letter options, values, negative numbers, and everything after `--` stay as they are.
 *
 * @param options those of the command at hand.
 */
export function normalizeArguments(argv: readonly string[], options: ArgumentTable = {}): string[] {
  const end = argv.indexOf('--');
  return argv.map((argument, index) => {
    const [, word, value = ''] = /^--?([A-Za-z][\w-]+)(=.*)?$/s.exec(argument) ?? [];
    if (word === undefined || (end !== -1 && index >= end)) {
      return argument;
    }
    const name = word.replaceAll('_', '-');
    const denied = name.startsWith('no-') && !Object.hasOwn(options, name) ? name.slice(3) : undefined;
    if (denied !== undefined && value === '' && options[denied]?.kind === 'boolean') {
      return `--${denied}=false`;
    }
    // Even where there is an option of that name, the parser would take "no-" for a denial without a value.
    return `--${name}${value === '' && name.startsWith('no-') && options[name]?.kind === 'boolean' ? '=true' : value}`;
  });
}

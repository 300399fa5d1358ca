/**
 * Rewrites nnU-Net's spelling into ours: `-gpu_memory_target 2` and `--gpu_memory_target 2` become
 * `--gpu-memory-target 2`, and a command such as `find_best_configuration` becomes `find-best-configuration`.
 * Single-letter options, values, negative numbers, and everything after `--` stay as they are.
 */
export function normalizeArguments(argv: readonly string[], commandNames: readonly string[]): string[] {
  const end = argv.indexOf('--');
  return argv.map((argument, index) => {
    if (end !== -1 && index >= end) {
      return argument;
    }
    const option = /^--?([A-Za-z][\w-]+)(=.*)?$/s.exec(argument);
    if (option) {
      return `--${option[1].replaceAll('_', '-')}${option[2] ?? ''}`;
    }
    const command = argument.replaceAll('_', '-');
    return index === 0 && commandNames.includes(command) ? command : argument;
  });
}

import type { CommandContext } from './command-definition.js';
import type { ProgramStreams } from './program.js';
import { showProgress } from './show-progress.js';
import { silentTask } from './silent-task.js';

/** What a running command has at hand: data goes to standard output; notes and progress to standard error, unless `--quiet`. */
export function createContext(
  { json, quiet }: Record<string, unknown>,
  { stdout, stderr }: ProgramStreams,
  signal: AbortSignal,
): CommandContext {
  return {
    print: (data) => stdout.write(typeof data === 'string' ? `${data}\n` : `${JSON.stringify(data, null, 2)}\n`),
    note: (line) => quiet === true || stderr.write(`${line}\n`),
    progress: (title) => (quiet === true ? silentTask : showProgress(title, stderr)),
    signal,
    json: json === true,
  };
}

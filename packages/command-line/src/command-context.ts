import { printable, printableLines } from '@fractura/errors';
import type { CommandContext, ProgressTask } from './command-definition.js';
import type { ProgramStreams } from './program.js';
import { showProgress } from './show-progress.js';
import { silentTask } from './silent-task.js';

/** A context, and what was printed as JSON. */
export interface KeptContext {
  context: CommandContext;
  /** With `--json`: all that the command printed, as one value; undefined where it printed nothing. */
  printed: () => unknown;
}

/**
 * What a running command has at hand: data goes to standard output; notes and progress to standard error, unless `--quiet`.
 * With `--json` the data are kept, to be written as one value. What a terminal would obey is escaped.
 */
export function createContext(
  { json, quiet }: Record<string, unknown>,
  { stdout, stderr }: ProgramStreams,
  signal: AbortSignal,
  rest: readonly string[] = [],
): KeptContext {
  const values: unknown[] = [];
  const print = (data: unknown) => stdout.write(`${typeof data === 'string' ? printableLines(data) : asJson(data)}\n`);
  const context: CommandContext = {
    print: (data) => (json === true ? values.push(data) : print(data)),
    note: (line) => quiet === true || stderr.write(`${printableLines(line)}\n`),
    progress: (title) => (quiet === true ? silentTask : printableTask(showProgress(printable(title), stderr))),
    signal,
    json: json === true,
    rest,
  };
  return { context, printed: () => (values.length > 1 ? values : values[0]) };
}

/** As it is printed. */
export const asJson = (data: unknown): string => printableLines(JSON.stringify(data ?? null, null, 2));

const printableTask = ({ update, finish }: ProgressTask): ProgressTask => ({
  update: (progress) => {
    update({ ...progress, note: progress.note === undefined ? undefined : printable(progress.note) });
  },
  finish: (note) => {
    finish(note === undefined ? undefined : printable(note));
  },
});

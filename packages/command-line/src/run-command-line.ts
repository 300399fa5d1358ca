import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { FracturaError, printableLines } from '@fractura/errors';
import yargs, { type Argv } from 'yargs';
import { asJson, createContext } from './command-context.js';
import type { CommandContext, CommandDefinition } from './command-definition.js';
import { completionCommand } from './completion/completion-command.js';
import type { DeferredCommand } from './deferred-command.js';
import { describeError } from './describe-error.js';
import { interruptSignal } from './interrupt-signal.js';
import { locateCommand, type LocatedCommand } from './locate-command.js';
import { normalizeArguments } from './normalize-arguments.js';
import type { Program, ProgramStreams } from './program.js';
import { requireValues } from './require-values.js';
import { watchStreams } from './standard-streams.js';
import { translateCommand } from './translate-command.js';
import { usageError } from './usage-message.js';
import { addCommand } from './yargs-command.js';

/**
 * Runs a program on command-line arguments and gives its exit status: 0 done, 1 the work failed, 2 wrong usage,
 * 130 interrupted. Data goes to standard output, progress and errors to standard error. An unknown option or command is
 * refused, with the nearest known one named. Stacks are shown with `--debug` only. With `--json` standard output holds one
 * JSON value: what the command printed (a list where it printed several values), or
 * `{ "error": { code, message, remedy }, "results" }` with what it had printed before the error, if anything.
 * The program has a command `completion` beside its own.
 */
export async function runCommandLine(
  given: Program,
  argv: readonly string[],
  streams: ProgramStreams = process,
): Promise<number> {
  const program = { ...given, commands: [...given.commands, completionCommand(given)] };
  const watched = watchStreams(streams);
  const { signal, release } = interruptSignal();
  try {
    const status = await runProgram(program, argv, watched, signal);
    await watched.settle();
    const failure = watched.failure();
    if (failure === undefined) {
      return status;
    }
    const { message, remedy } = describeError(failure);
    watched.stderr.write(`error: Standard output cannot be written. ${message}\n${remedy ? `       ${remedy}\n` : ''}`);
    return 1;
  } finally {
    release();
  }
}

async function runProgram(
  program: Program,
  argv: readonly string[],
  streams: ProgramStreams,
  signal: AbortSignal,
): Promise<number> {
  const { stdout, stderr } = streams;
  const [json, debug] = ['json', 'debug'].map((name) => isGiven(argv, name));
  let located: LocatedCommand = { path: program.name };
  let printed: () => unknown = () => undefined;
  try {
    const translated = translateCommand(program, argv);
    located = await locateCommand(program, translated);
    const normalized = normalizeArguments(translated, located.command?.options);
    requireValues(normalized, located.command?.options ?? {});
    const keep = (results: () => unknown) => {
      printed = results;
    };
    const output = await parseAndRun({ program, located, argv: normalized, streams, signal, keep });
    if (output !== '') {
      stdout.write(`${json ? asJson(output) : output}\n`);
    }
    return 0;
  } catch (error) {
    const failure = failureOf(error, { program, located, signal });
    stderr.write(printableLines(failure.text));
    if (debug && failure.status === 1) {
      stderr.write(`${inspect(error)}\n`);
    }
    if (json) {
      const { code, message, remedy } = failure;
      stdout.write(`${asJson({ error: { code, message, remedy }, results: printed() })}\n`);
    }
    return failure.status;
  }
}

const isGiven = (argv: readonly string[], name: string): boolean => {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  return words.some((word) => word === `--${name}` || word === `-${name}` || word === `--${name}=true`);
};

/** How a program ends that did not do its work. */
interface Failure {
  status: number;
  /** The lines for standard error. */
  text: string;
  code: string;
  message: string;
  remedy?: string | undefined;
}

function failureOf(
  error: unknown,
  { program, located, signal }: { program: Program; located: LocatedCommand; signal: AbortSignal },
): Failure {
  if (FracturaError.isInstance(error) && error.code === 'usage') {
    const { code, message, remedy } = error;
    const lines = [`${program.name}: ${message}`, remedy ?? [], `See ${located.path} --help.`].flat();
    return { status: 2, text: `${lines.join('\n')}\n`, code, message, remedy };
  }
  if (signal.aborted) {
    const message = 'Interrupted; the same command goes on from here.';
    return { status: 130, text: `${message}\n`, code: 'interrupted', message };
  }
  const { message, remedy } = describeError(error);
  const code = FracturaError.isInstance(error) ? error.code : 'unexpected';
  return { status: 1, text: `error: ${message}\n${remedy ? `       ${remedy}\n` : ''}`, code, message, remedy };
}

/** What a command line means. */
export interface ReadCommandLine {
  /** The words that name the command, as in `engine doctor`. */
  name: string;
  /** What the command would receive. */
  values: Record<string, unknown>;
}

/**
 * Reads a command line as {@link runCommandLine} does, and runs nothing.
 *
 * @returns undefined where it asks for help or the version.
 * @throws UsageError for what is refused before a command begins.
 */
export async function readCommandLine(program: Program, argv: readonly string[]): Promise<ReadCommandLine | undefined> {
  const translated = translateCommand(program, argv);
  const located = await locateCommand(program, translated);
  let read: ReadCommandLine | undefined;
  if (located.command !== undefined) {
    const run = (values: Record<string, unknown>) => {
      read = { name: located.path.slice(program.name.length + 1), values };
      return Promise.resolve();
    };
    located.command = { ...located.command, run };
  }
  const normalized = normalizeArguments(translated, located.command?.options);
  requireValues(normalized, located.command?.options ?? {});
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  }) as unknown as NodeJS.WriteStream;
  const streams = { stdout: nowhere, stderr: nowhere };
  await parseAndRun({ program, located, argv: normalized, streams, signal: new AbortController().signal });
  return read;
}

interface Call {
  program: Program;
  located: LocatedCommand;
  argv: readonly string[];
  streams: ProgramStreams;
  signal: AbortSignal;
  /** Takes what gives the results that a command with `--json` has printed so far. */
  keep?: (results: () => unknown) => void;
}

/** Parses and runs; gives what is left to print: the text of `--help` or `--version` where that was asked for. */
async function parseAndRun({ program, located, argv: given, streams, signal, keep }: Call): Promise<string> {
  const end = located.command?.rest === undefined ? -1 : given.indexOf('--');
  const argv = end === -1 ? given : given.slice(0, end);
  const rest = end === -1 ? [] : given.slice(end + 1);
  const parser = yargs()
    .scriptName(program.name)
    .usage(program.summary)
    .version(program.version)
    .alias('help', 'h')
    .strict()
    .exitProcess(false)
    .wrap(110)
    .parserConfiguration({
      'short-option-groups': false,
      'duplicate-arguments-array': false,
      'boolean-negation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .options({
      json: { type: 'boolean', default: false, describe: 'Print results as one JSON value' },
      quiet: { type: 'boolean', default: false, describe: 'No progress' },
      debug: { type: 'boolean', default: false, describe: 'Show the stack of an error' },
    })
    .fail((message: string | null, error: Error | undefined) => {
      if (error && error.name !== 'YError') {
        throw error;
      }
      throw usageError(message ?? error?.message ?? 'Wrong usage', program, located, argv);
    });
  const run = (command: CommandDefinition) => async (values: Record<string, unknown>) => {
    const { context, printed } = createContext(values, streams, signal, rest);
    keep?.(printed);
    noteWithoutEffect(command, argv, context);
    await command.run(values as never, context);
    if (context.json) {
      streams.stdout.write(`${asJson(printed())}\n`);
    }
  };
  const add = (to: Argv, path: string, command: CommandDefinition | DeferredCommand) => {
    const definition = located.path === `${path} ${command.name}` ? located.command : undefined;
    if (definition !== undefined) {
      addCommand(to, path, definition, run(definition));
    } else {
      // Of a command that is not called the help shows the heading.
      to.command(command.name, command.summary);
    }
  };
  for (const command of program.commands) {
    if ('commands' in command) {
      const path = `${program.name} ${command.name}`;
      parser.command(command.name, command.summary, (group) => {
        for (const inner of command.commands) {
          add(group, path, inner);
        }
        if (command.defaultCommand !== undefined) {
          if (located.path === path && located.command !== undefined) {
            addCommand(group, path, located.command, run(located.command), '$0');
          }
          return group;
        }
        return group.demandCommand(1, `Name one of: ${command.commands.map(({ name }) => name).join(', ')}`);
      });
    } else {
      add(parser, program.name, command);
    }
  }
  if (program.defaultCommand === undefined) {
    parser.demandCommand(1, 'Name a command');
  } else if (located.path === program.name && located.command !== undefined) {
    addCommand(parser, program.name, located.command, run(located.command), '$0');
  }
  let output = '';
  await parser.parseAsync([...argv], {}, (_error: unknown, _values: unknown, text: string) => {
    output = text;
  });
  return output;
}

/** Says which of the options that were given have no effect, and why. */
function noteWithoutEffect({ options }: CommandDefinition, argv: readonly string[], { note }: CommandContext): void {
  for (const [name, { alias = [], withoutEffect }] of Object.entries(options)) {
    const spellings = [name, ...[alias].flat()].map((each) => (each.length === 1 ? `-${each}` : `--${each}`));
    if (withoutEffect !== undefined && argv.some((word) => spellings.includes(word.split('=')[0]))) {
      note(`--${name} has no effect here: ${withoutEffect}`);
    }
  }
}

import { inspect } from 'node:util';
import { FracturaError, printableLines } from '@fractura/errors';
import yargs from 'yargs';
import { asJson, createContext } from './command-context.js';
import type { CommandContext, CommandDefinition } from './command-definition.js';
import { completionCommand } from './completion/completion-command.js';
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
 * JSON value: what the command printed (a list where it printed several values), or `{ "error": { code, message, remedy } }`.
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
  try {
    const translated = translateCommand(program, argv);
    located = locateCommand(program, translated);
    const normalized = normalizeArguments(translated, located.command?.options);
    requireValues(normalized, located.command?.options ?? {});
    const output = await parseAndRun({ program, located, argv: normalized, streams, signal });
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
      stdout.write(`${asJson({ error: { code, message, remedy } })}\n`);
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

interface Call {
  program: Program;
  located: LocatedCommand;
  argv: readonly string[];
  streams: ProgramStreams;
  signal: AbortSignal;
}

/** Parses and runs; gives what is left to print: the text of `--help` or `--version` where that was asked for. */
async function parseAndRun({ program, located, argv, streams, signal }: Call): Promise<string> {
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
    const { context, printed } = createContext(values, streams, signal);
    noteWithoutEffect(command, argv, context);
    await command.run(values as never, context);
    if (context.json) {
      streams.stdout.write(`${asJson(printed())}\n`);
    }
  };
  for (const command of program.commands) {
    if ('run' in command) {
      addCommand(parser, program.name, command, run(command));
    } else {
      const path = `${program.name} ${command.name}`;
      parser.command(command.name, command.summary, (group) => {
        for (const inner of command.commands) {
          addCommand(group, path, inner, run(inner));
        }
        return group.demandCommand(1, `Name one of: ${command.commands.map(({ name }) => name).join(', ')}`);
      });
    }
  }
  if (program.defaultCommand) {
    addCommand(parser, program.name, program.defaultCommand, run(program.defaultCommand), '$0');
  } else {
    parser.demandCommand(1, 'Name a command');
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

import { inspect } from 'node:util';
import { FracturaError } from '@fractura/errors';
import yargs from 'yargs';
import { createContext } from './command-context.js';
import type { CommandDefinition } from './command-definition.js';
import { describeError } from './describe-error.js';
import { interruptSignal } from './interrupt-signal.js';
import { nearestName } from './nearest-name.js';
import { normalizeArguments } from './normalize-arguments.js';
import type { Program, ProgramStreams } from './program.js';
import { UsageError } from './usage-error.js';
import { addCommand } from './yargs-command.js';

/**
 * Runs a program on command-line arguments and gives its exit status: 0 done, 1 the work failed, 2 wrong usage,
 * 130 interrupted. Data goes to standard output, progress and errors to standard error. An unknown option is refused,
 * with the nearest known one named. Stacks are shown with `--debug` only.
 */
export async function runCommandLine(
  program: Program,
  argv: readonly string[],
  streams: ProgramStreams = process,
): Promise<number> {
  const { signal, release } = interruptSignal();
  const normalized = normalizeArguments(
    argv,
    program.commands.map(({ name }) => name),
  );
  try {
    const output = await parseAndRun(program, normalized, streams, signal);
    if (output) {
      streams.stdout.write(`${output}\n`);
    }
    return 0;
  } catch (error) {
    if (FracturaError.isInstance(error) && error.code === 'usage') {
      const remedy = error.remedy === undefined ? '' : `${error.remedy}\n`;
      streams.stderr.write(`${program.name}: ${error.message}\n${remedy}See ${program.name} --help.\n`);
      return 2;
    }
    if (signal.aborted) {
      streams.stderr.write('Interrupted; the same command goes on from here.\n');
      return 130;
    }
    const { message, remedy } = describeError(error);
    streams.stderr.write(`error: ${message}\n${remedy ? `       ${remedy}\n` : ''}`);
    if (normalized.includes('--debug')) {
      streams.stderr.write(`${inspect(error)}\n`);
    }
    return 1;
  } finally {
    release();
  }
}

/** Parses and runs; gives the text of `--help` or `--version` where that was asked for. */
async function parseAndRun(
  program: Program,
  argv: string[],
  streams: ProgramStreams,
  signal: AbortSignal,
): Promise<string> {
  const parser = yargs()
    .scriptName(program.name)
    .usage(program.summary)
    .version(program.version)
    .alias('help', 'h')
    .strict()
    .exitProcess(false)
    .wrap(110)
    .parserConfiguration({ 'short-option-groups': false, 'duplicate-arguments-array': false })
    .options({
      json: { type: 'boolean', default: false, describe: 'Print results as JSON' },
      quiet: { type: 'boolean', default: false, describe: 'No progress' },
      debug: { type: 'boolean', default: false, describe: 'Show the stack of an error' },
    })
    .fail((message: string | null, error: Error | undefined) => {
      if (error && error.name !== 'YError') {
        throw error;
      }
      throw usageError(message ?? error?.message ?? 'Wrong usage', program);
    });
  const run = (command: CommandDefinition) => async (values: Record<string, unknown>) => {
    await command.run(values as never, createContext(values, streams, signal));
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
  await parser.parseAsync(argv, {}, (_error: unknown, _values: unknown, text: string) => {
    output = text;
  });
  return output;
}

/** What yargs found wrong, as a sentence, with the known name that an unknown one was probably meant to be. */
function usageError(message: string, { commands, defaultCommand }: Program): UsageError {
  const [, kind, list] = /^Unknown (argument|command)s?: (.*)$/.exec(message) ?? [];
  if (list === undefined) {
    return new UsageError(message.replace(/\.?$/, '.'));
  }
  // yargs names an option in kebab-case and in camelCase.
  const [unknown] = list.split(', ');
  const sentence = `Unknown ${kind}: ${unknown}.`;
  const flat = commands.flatMap((command) => ('run' in command ? [command] : command.commands));
  const all = defaultCommand ? [...flat, defaultCommand] : flat;
  const known = [...commands.map(({ name }) => name), ...all.flatMap(({ options }) => Object.keys(options))];
  const nearest = nearestName(unknown, known);
  return new UsageError(nearest === undefined ? sentence : `${sentence} Did you mean ${nearest}?`);
}

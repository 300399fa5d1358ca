import { inspect } from 'node:util';
import yargs, { type Argv, type Options, type PositionalOptions } from 'yargs';
import type {
  ArgumentDefinition,
  CommandContext,
  CommandDefinition,
  ProgressTask,
  ValueKind,
} from './command-definition.js';
import { describeError } from './describe-error.js';
import { interruptSignal } from './interrupt-signal.js';
import { nearestName } from './nearest-name.js';
import { normalizeArguments } from './normalize-arguments.js';
import { showProgress } from './progress.js';
import { UsageError } from './usage-error.js';

/** A program: a name, its commands, or one command that needs no name. */
export interface Program {
  name: string;
  version: string;
  summary: string;
  commands: readonly (CommandDefinition | CommandGroup)[];
  /** The command that runs when none is named, as for a package with one job. */
  defaultCommand?: CommandDefinition;
}

/** Commands under a common word, as in `fractura engine doctor`. */
export interface CommandGroup {
  name: string;
  summary: string;
  commands: readonly CommandDefinition[];
}

/** Where a program reads and writes. */
export interface ProgramStreams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

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
    const output = await parse(program, normalized, streams, signal);
    if (output) {
      streams.stdout.write(`${output}\n`);
    }
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      const remedy = error.remedy === undefined ? '' : `${error.remedy}\n`;
      streams.stderr.write(`${program.name}: ${error.message}\n${remedy}See ${program.name} --help.\n`);
      return 2;
    }
    if (signal.aborted) {
      streams.stderr.write('interrupted; the same command goes on from here\n');
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
async function parse(program: Program, argv: string[], streams: ProgramStreams, signal: AbortSignal): Promise<string> {
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
      throw new UsageError(withSuggestion(message ?? error?.message ?? 'wrong usage', program));
    });
  for (const command of program.commands) {
    if ('run' in command) {
      mount(parser, program.name, command, streams, signal);
    } else {
      const path = `${program.name} ${command.name}`;
      parser.command(command.name, command.summary, (group) => {
        for (const inner of command.commands) {
          mount(group, path, inner, streams, signal);
        }
        return group.demandCommand(1, `name one of: ${command.commands.map(({ name }) => name).join(', ')}`);
      });
    }
  }
  if (program.defaultCommand) {
    mount(parser, program.name, program.defaultCommand, streams, signal, '$0');
  } else {
    parser.demandCommand(1, 'name a command');
  }
  let output = '';
  await parser.parseAsync(argv, {}, (_error: unknown, _values: unknown, text: string) => {
    output = text;
  });
  return output;
}

function mount(
  parser: Argv,
  path: string,
  command: CommandDefinition,
  streams: ProgramStreams,
  signal: AbortSignal,
  name = command.name,
): void {
  const positionals = Object.entries(command.positionals);
  const usage = positionals.map(([key, { required, kind }]) => {
    const word = isPlural(kind) ? `${key}..` : key;
    return required ? `<${word}>` : `[${word}]`;
  });
  const prefix = name === '$0' ? path : `${path} ${name}`;
  parser.command(
    [name, ...usage].join(' '),
    command.summary,
    (builder) => {
      for (const [key, definition] of positionals) {
        builder.positional(key, yargsOptions(definition));
      }
      for (const [key, definition] of Object.entries(command.options)) {
        builder.option(key, yargsOptions(definition));
      }
      for (const [line, what] of command.examples) {
        builder.example(`${prefix} ${line}`.trim(), what);
      }
      return builder;
    },
    async (values) => {
      await command.run(values as never, createContext(values, streams, signal));
    },
  );
}

const isPlural = (kind: ValueKind): boolean => kind === 'strings' || kind === 'numbers';

function yargsOptions({
  kind,
  describe,
  alias,
  required,
  choices,
  ...rest
}: ArgumentDefinition): PositionalOptions & Options {
  const type = kind === 'strings' ? 'string' : kind === 'numbers' ? 'number' : kind;
  const settings = {
    type,
    array: isPlural(kind),
    requiresArg: kind !== 'boolean',
    describe,
    alias,
    demandOption: required,
    choices,
    default: rest.default,
    coerce: type === 'number' ? finiteNumbers : undefined,
  };
  // yargs takes a key that is there for a value, even where it is undefined.
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function finiteNumbers(value: number | number[] | undefined): number | number[] | undefined {
  for (const number of [value].flat()) {
    if (number !== undefined && Number.isNaN(number)) {
      throw new UsageError('An option that takes numbers got a word.');
    }
  }
  return value;
}

function createContext(
  { json, quiet }: Record<string, unknown>,
  { stdout, stderr }: ProgramStreams,
  signal: AbortSignal,
): CommandContext {
  const silent: ProgressTask = { update: () => undefined, finish: () => undefined };
  return {
    print: (data) => stdout.write(typeof data === 'string' ? `${data}\n` : `${JSON.stringify(data, null, 2)}\n`),
    note: (line) => quiet === true || stderr.write(`${line}\n`),
    progress: (title) => (quiet === true ? silent : showProgress(title, stderr)),
    signal,
    json: json === true,
  };
}

function withSuggestion(message: string, { commands, defaultCommand }: Program): string {
  const [, unknown] = /^Unknown (?:arguments?|commands?): ([\w-]+)/.exec(message) ?? [];
  if (!unknown) {
    return message;
  }
  const flat = commands.flatMap((command) => ('run' in command ? [command] : command.commands));
  const all = defaultCommand ? [...flat, defaultCommand] : flat;
  const known = [...commands.map(({ name }) => name), ...all.flatMap(({ options }) => Object.keys(options))];
  const nearest = nearestName(unknown, known);
  return nearest ? `${message}; did you mean ${nearest}?` : message;
}

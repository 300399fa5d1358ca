import type { Argv, Options, PositionalOptions } from 'yargs';
import { checkValues } from './check-values.js';
import type { ArgumentDefinition, CommandDefinition, ValueKind } from './command-definition.js';
import { readValues, type ArgumentValue } from './read-values.js';

/**
 * Adds a command to a parser of yargs.
 *
 * @param path the words before the command's own name, for its examples.
 * @param run receives the parsed values when the command is called.
 * @param name the command's word; `$0` makes it the one that runs when none is named.
 */
export function addCommand(
  parser: Argv,
  path: string,
  command: CommandDefinition,
  run: (values: Record<string, unknown>) => Promise<void>,
  name: string = command.name,
): void {
  const positionals = Object.entries(command.positionals);
  const usage = positionals.map(([key, { required, kind }]) => {
    const word = takesSeveral(kind) ? `${key}..` : key;
    return required ? `<${word}>` : `[${word}]`;
  });
  const rest = command.rest === undefined ? '' : ` -- ${command.rest}...`;
  const prefix = name === '$0' ? path : `${path} ${name}`;
  parser.command(
    [name, ...usage].join(' '),
    command.summary,
    (builder) => {
      if (rest !== '') {
        builder.usage(`${prefix} [options]${rest}\n\n${command.summary}`);
      }
      for (const [key, definition] of positionals) {
        builder.positional(key, yargsOptions(definition));
      }
      for (const [key, definition] of Object.entries(command.options)) {
        builder.option(key, yargsOptions(definition));
      }
      for (const [line, what] of command.examples) {
        builder.example(`${prefix} ${line}`.trim(), what);
      }
      // Before yargs' own checks, whose messages name no remedy.
      return builder.middleware((values) => {
        checkArguments(command, values);
      }, true);
    },
    run,
  );
}

const takesSeveral = (kind: ValueKind): boolean => kind === 'strings' || kind === 'numbers' || kind === 'integers';

/** Numbers come as words, so that a word that is none can be told: they become numbers here. */
function checkArguments({ positionals, options }: CommandDefinition, values: Record<string, unknown>): void {
  const check = (key: string, argument: string, definition: ArgumentDefinition) => {
    if (values[key] !== undefined) {
      const value = readValues(argument, values[key] as ArgumentValue | readonly ArgumentValue[], definition);
      checkValues(argument, value, definition);
      values[key] = value;
      values[camelCase(key)] = value;
    }
  };
  for (const [key, definition] of Object.entries(positionals)) {
    check(key, key, definition);
  }
  for (const [key, definition] of Object.entries(options)) {
    check(key, `--${key}`, definition);
  }
}

const camelCase = (key: string): string => key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function yargsOptions(definition: ArgumentDefinition): PositionalOptions & Options {
  const { kind, describe, alias, required, choices, withoutEffect } = definition;
  const isNumber = kind !== 'boolean' && kind !== 'string' && kind !== 'strings';
  const settings = {
    // An option without a type is left as the words that are given.
    type: isNumber ? undefined : kind === 'strings' ? 'string' : kind,
    array: takesSeveral(kind),
    requiresArg: kind !== 'boolean',
    describe: `${withoutEffect === undefined ? describe : `${describe}; no effect here`}${isNumber ? ' [number]' : ''}`,
    alias,
    demandOption: required,
    choices,
    default: definition.default,
  };
  // yargs takes a key that is there for a value, even where it is undefined.
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

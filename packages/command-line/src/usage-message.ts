import type { ArgumentDefinition, ArgumentTable } from './command-definition.js';
import type { LocatedCommand } from './locate-command.js';
import { nearestName } from './nearest-name.js';
import type { Program } from './program.js';
import { UsageError } from './usage-error.js';

/** The options that every command has. */
export const commonOptions = ['json', 'quiet', 'debug', 'help', 'version'];

/** What the parser found wrong, as a sentence that names the argument, with the known name that was probably meant. */
export function usageError(
  message: string,
  program: Program,
  located: LocatedCommand,
  argv: readonly string[],
): UsageError {
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/s.exec(message)?.[1];
  if (unknown !== undefined) {
    return unknownWord(unknown, program, located, argv);
  }
  const { command } = located;
  const valueless = /^Not enough arguments following: (.*)$/.exec(message)?.[1];
  if (command !== undefined && valueless !== undefined) {
    const [name, definition] =
      Object.entries(command.options).find((entry) => spellings(entry).includes(valueless)) ?? [];
    return new UsageError(`${dashed(name ?? valueless)} has no value.`, {
      remedy: definition === undefined ? undefined : `Give ${dashed(name!)} a value: ${definition.describe}.`,
    });
  }
  const got = /^Not enough non-option arguments: got (\d+)/.exec(message)?.[1];
  if (command !== undefined && got !== undefined) {
    return missing(Object.entries(command.positionals).slice(Number(got)), (name) => `<${name}>`);
  }
  const options = /^Missing required arguments?: (.*)$/.exec(message)?.[1]?.split(', ');
  if (command !== undefined && options !== undefined) {
    const absent = Object.entries(command.options).filter(([name]) => options.includes(name));
    return missing(absent, (name) => spelled(name, command.options[name]));
  }
  return new UsageError(message.replace(/\.?$/, '.'));
}

function missing(arguments_: [string, ArgumentDefinition][], show: (name: string) => string): UsageError {
  const required = arguments_.filter(([, definition]) => definition.required === true);
  const names = required.map(([name]) => show(name));
  return new UsageError(`${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} missing.`, {
    remedy: required.map(([name, { describe }]) => `Give ${show(name)}: ${describe}.`).join('\n'),
  });
}

function unknownWord(
  list: string,
  program: Program,
  { command, group, path }: LocatedCommand,
  argv: readonly string[],
): UsageError {
  // The parser names an option in kebab-case and in camelCase.
  const [unknown] = list.split(', ');
  const isOption = argv.some((word) => word.replace(/^--?/, '').split('=')[0] === unknown && word.startsWith('-'));
  if (isOption) {
    const known = [...commonOptions, ...Object.entries(command?.options ?? {}).flatMap(spellings)];
    const nearest = nearestName(unknown, known);
    return new UsageError(`Unknown option: ${path} has no ${dashed(unknown)}.${meant(nearest && dashed(nearest))}`);
  }
  if (command !== undefined && command.name !== program.defaultCommand?.name) {
    return new UsageError(`Unknown argument: ${path} does not take "${unknown}".`);
  }
  const names = (group?.commands ?? program.commands).map(({ name }) => name);
  const others = group === undefined ? (program.synonyms ?? []).map(({ name }) => name) : [];
  const nearest = nearestName(unknown.replaceAll('_', '-'), [...names, ...others]);
  return new UsageError(`Unknown command: ${path} has no "${unknown}".${meant(nearest)}`);
}

const meant = (name: string | undefined): string => (name === undefined ? '' : ` Did you mean ${name}?`);

const spellings = ([name, { alias = [] }]: [string, ArgumentTable[string]]): string[] => [name, ...[alias].flat()];

const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);

/** `--output (-o)`. */
function spelled(name: string, { alias = [] }: ArgumentDefinition): string {
  const [short] = [alias].flat();
  return short === undefined ? dashed(name) : `${dashed(name)} (-${short})`;
}

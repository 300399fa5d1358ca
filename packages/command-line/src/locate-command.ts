import type { CommandDefinition } from './command-definition.js';
import { loadCommand } from './deferred-command.js';
import type { CommandGroup, Program } from './program.js';

/** What the words of a command line name. */
export interface LocatedCommand {
  /** The words up to the command's name, as in `fractura engine doctor`. */
  path: string;
  command?: CommandDefinition;
  /** The group, where no command of it is named. */
  group?: CommandGroup;
}

/** Finds the command, or the group, that a command line names by its first words, and loads the command where it is deferred. */
export async function locateCommand(program: Program, argv: readonly string[]): Promise<LocatedCommand> {
  const words = wordsFromCommand(program, argv.slice(0, end(argv)));
  const first = program.commands.find(({ name }) => name === words[0]);
  if (first === undefined) {
    const { name: path, defaultCommand } = program;
    return { path, command: defaultCommand && (await loadCommand(defaultCommand)) };
  }
  const path = `${program.name} ${first.name}`;
  if (!('commands' in first)) {
    return { path, command: await loadCommand(first) };
  }
  const inner = first.commands.find(({ name }) => name === words[1]);
  if (inner !== undefined) {
    return { path: `${path} ${inner.name}`, command: await loadCommand(inner) };
  }
  const { defaultCommand } = first;
  return defaultCommand === undefined
    ? { path, group: first }
    : { path, group: first, command: await loadCommand(defaultCommand) };
}

/** The words that are no options, without those before the command that are the values of one. */
function wordsFromCommand({ commands }: Program, argv: readonly string[]): string[] {
  const isValue = (word: string, at: number) =>
    at > 0 && argv[at - 1].startsWith('-') && commands.every(({ name }) => name !== word);
  const first = argv.findIndex((word, at) => !word.startsWith('-') && !isValue(word, at));
  return first === -1 ? [] : argv.slice(first).filter((word) => !word.startsWith('-'));
}

const end = (argv: readonly string[]): number => {
  const at = argv.indexOf('--');
  return at === -1 ? argv.length : at;
};

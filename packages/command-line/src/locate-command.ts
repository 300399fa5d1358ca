import type { CommandDefinition } from './command-definition.js';
import type { CommandGroup, Program } from './program.js';

/** What the words of a command line name. */
export interface LocatedCommand {
  /** The words up to the command's name, as in `fractura engine doctor`. */
  path: string;
  command?: CommandDefinition;
  /** The group, where no command of it is named. */
  group?: CommandGroup;
}

/** Finds the command, or the group, that a command line names by its first words. */
export function locateCommand(program: Program, argv: readonly string[]): LocatedCommand {
  const words = argv.slice(0, end(argv)).filter((word) => !word.startsWith('-'));
  const first = program.commands.find(({ name }) => name === words[0]);
  if (first === undefined) {
    return { path: program.name, command: program.defaultCommand };
  }
  const path = `${program.name} ${first.name}`;
  if ('run' in first) {
    return { path, command: first };
  }
  const inner = first.commands.find(({ name }) => name === words[1]);
  return inner === undefined ? { path, group: first } : { path: `${path} ${inner.name}`, command: inner };
}

const end = (argv: readonly string[]): number => {
  const at = argv.indexOf('--');
  return at === -1 ? argv.length : at;
};

import type { CommandDefinition } from './command-definition.js';

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

/** Where a program writes. */
export interface ProgramStreams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

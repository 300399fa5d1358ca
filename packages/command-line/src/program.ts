import type { CommandDefinition } from './command-definition.js';
import type { DeferredCommand } from './deferred-command.js';

/** A program: a name, its commands, or one command that needs no name. */
export interface Program {
  name: string;
  version: string;
  summary: string;
  commands: readonly (CommandDefinition | DeferredCommand | CommandGroup)[];
  /** The command that runs when none is named, as for a package with one job. */
  defaultCommand?: CommandDefinition | DeferredCommand;
  /** Commands' names in other programs. */
  synonyms?: readonly CommandSynonym[];
  /** Commands of other programs that this one does not have: their names, each with what to do instead, as a sentence. */
  elsewhere?: Readonly<Record<string, string>>;
  /** What other programs put before the names of their commands, such as `nnUNetv2_`; it is passed over. */
  namePrefix?: string;
}

/** What another program calls a command of this one. */
export interface CommandSynonym {
  /** In kebab-case. */
  name: string;
  /** The command of this program. */
  command: string;
  /** Spellings of options that mean something else there, each with this program's. */
  options?: Readonly<Record<string, string>>;
}

/** Commands under a common word, as in `fractura engine doctor`. */
export interface CommandGroup {
  name: string;
  summary: string;
  commands: readonly (CommandDefinition | DeferredCommand)[];
  /** The command that runs when none of them is named: `submit -- train 921 2d 0` beside `submit status`. */
  defaultCommand?: CommandDefinition | DeferredCommand;
}

/** Where a program writes. */
export interface ProgramStreams {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
}

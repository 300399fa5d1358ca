import type { CommandDefinition } from './command-definition.js';

/** What a list of commands shows of one. */
export type CommandHeading = Pick<CommandDefinition, 'name' | 'summary'>;

/** A command of which the heading alone is there: the rest, with all that it imports, is loaded once the command is called. */
export interface DeferredCommand extends CommandHeading {
  /** Gives the definition, which has the same heading. */
  load: () => Promise<CommandDefinition>;
}

/** Defers a command: `load` imports the module that defines it. */
export function deferCommand(
  { name, summary }: CommandHeading,
  load: () => Promise<CommandDefinition>,
): DeferredCommand {
  return { name, summary, load };
}

/** The definition of a command, loaded where it is deferred. */
export async function loadCommand(command: CommandDefinition | DeferredCommand): Promise<CommandDefinition> {
  return 'load' in command ? command.load() : command;
}

import type { CommandDefinition } from './command-definition.js';
import { loadCommand } from './deferred-command.js';
import type { CommandGroup, Program } from './program.js';

/** A program of which every command is loaded. */
export interface LoadedProgram extends Omit<Program, 'commands' | 'defaultCommand'> {
  commands: readonly (CommandDefinition | LoadedGroup)[];
  defaultCommand?: CommandDefinition;
}

interface LoadedGroup extends Omit<CommandGroup, 'commands' | 'defaultCommand'> {
  commands: readonly CommandDefinition[];
  defaultCommand?: CommandDefinition;
}

/** Loads the commands of a program that are deferred, one after the other. */
export async function loadProgram({ commands, defaultCommand, ...rest }: Program): Promise<LoadedProgram> {
  const loaded: (CommandDefinition | LoadedGroup)[] = [];
  for (const command of commands) {
    loaded.push('commands' in command ? await loadGroup(command) : await loadCommand(command));
  }
  const program: LoadedProgram = { ...rest, commands: loaded };
  if (defaultCommand !== undefined) {
    program.defaultCommand = await loadCommand(defaultCommand);
  }
  return program;
}

async function loadGroup({ name, summary, commands, defaultCommand }: CommandGroup): Promise<LoadedGroup> {
  const loaded: CommandDefinition[] = [];
  for (const command of commands) {
    loaded.push(await loadCommand(command));
  }
  const group: LoadedGroup = { name, summary, commands: loaded };
  if (defaultCommand !== undefined) {
    group.defaultCommand = await loadCommand(defaultCommand);
  }
  return group;
}

import { defineCommand, type CommandDefinition } from '../command-definition.js';
import { loadProgram } from '../loaded-program.js';
import type { Program } from '../program.js';
import { completionScript, shells } from './completion-script.js';

/** `completion`: what a shell needs to complete a program's commands and options, made of their definitions. */
export function completionCommand(program: Program): CommandDefinition {
  const command = defineCommand({
    name: 'completion',
    summary: 'Prints what a shell needs to complete commands and options with the tab key.',
    positionals: { shell: { kind: 'string', describe: 'bash, zsh or fish', choices: shells, required: true } },
    options: {},
    examples: [
      ['bash > ~/.local/share/bash-completion/completions/' + program.name, 'for bash, from the next shell on'],
      ['fish > ~/.config/fish/completions/' + program.name + '.fish', 'for fish'],
    ],
    run: async ({ shell }, { print }) => {
      print(completionScript(shell, await loadProgram({ ...program, commands: [...program.commands, command] })));
    },
  });
  return command;
}

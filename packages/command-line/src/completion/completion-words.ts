import type { ArgumentDefinition, CommandDefinition } from '../command-definition.js';
import type { LoadedProgram } from '../loaded-program.js';
import { commonOptions } from '../usage-message.js';

/** What may follow the words of a command. */
export interface CompletionWords {
  /** The words after the program's name: empty, `predict`, `engine doctor`. */
  path: string;
  /** Commands and options, each with what it is. */
  words: { word: string; describe: string }[];
  /** The values of the options that have choices, by the option as it is spelled. */
  choices: { option: string; values: string[] }[];
}

/** What may follow each command of a program, the program itself first. */
export function completionWords({ commands, defaultCommand }: LoadedProgram): CompletionWords[] {
  const top: CompletionWords = {
    path: '',
    words: commands.map(({ name, summary }) => ({ word: name, describe: summary })),
    choices: [],
  };
  const all = [top];
  for (const command of commands) {
    if ('run' in command) {
      all.push(wordsOf(command, command.name));
      continue;
    }
    const words = command.commands.map(({ name, summary }) => ({ word: name, describe: summary }));
    const own = command.defaultCommand && wordsOf(command.defaultCommand, command.name);
    all.push({ path: command.name, words: [...words, ...(own?.words ?? [])], choices: own?.choices ?? [] });
    all.push(...command.commands.map((inner) => wordsOf(inner, `${command.name} ${inner.name}`)));
  }
  if (defaultCommand !== undefined) {
    const { words, choices } = wordsOf(defaultCommand, '');
    top.words.push(...words);
    top.choices.push(...choices);
  }
  top.words.push(...common);
  return all;
}

const common = commonOptions.map((name) => ({ word: `--${name}`, describe: `the same for every command` }));

function wordsOf({ options }: CommandDefinition, path: string): CompletionWords {
  const entries = Object.entries(options);
  return {
    path,
    words: [...entries.map(([name, { describe }]) => ({ word: `--${name}`, describe })), ...common],
    choices: entries.flatMap(([name, definition]) => choicesOf(name, definition)),
  };
}

function choicesOf(name: string, { alias = [], choices }: ArgumentDefinition): CompletionWords['choices'] {
  if (choices === undefined) {
    return [];
  }
  const spellings = [`--${name}`, ...[alias].flat().map((each) => `-${each}`)];
  return spellings.map((option) => ({ option, values: choices.map(String) }));
}

import type { LoadedProgram } from '../loaded-program.js';
import { completionWords, type CompletionWords } from './completion-words.js';

/** The shells that completion is written for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A script for a shell that completes a program's commands, options and choices, and files everywhere else. */
export const completionScript = (shell: Shell, program: LoadedProgram): string =>
  ({ bash: bashScript, zsh: zshScript, fish: fishScript })[shell](program);

/** Text in single quotes, which every one of the shells takes as it is. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const functionOf = ({ name }: LoadedProgram): string => `_${name.replace(/\W/g, '_')}`;

/** The lines of a `case` over the words of a command and the option before the cursor: what may come. */
function casesOf(all: readonly CompletionWords[]): string {
  const lines = all.flatMap(({ path, words, choices }) => [
    ...choices.map(
      ({ option, values }) => `    ${quoted(`${path} ${option}`)}) offered=${quoted(values.join(' '))} ;;`,
    ),
    `    ${quoted(`${path} `)}*) offered=${quoted(words.map(({ word }) => word).join(' '))} ;;`,
  ]);
  return lines.join('\n');
}

/** Shell code that finds the command's words: `path` becomes empty, `predict` or `engine doctor`. */
const pathFinder = (all: readonly CompletionWords[]): string => `  path=''
  for word in "\${before[@]}"; do
    case "$path/$word" in
${all
  .filter(({ path }) => path !== '')
  .map(({ path }) => {
    const words = path.split(' ');
    return `      ${quoted(`${words.slice(0, -1).join(' ')}/${words.at(-1)}`)}) path=${quoted(path)} ;;`;
  })
  .join('\n')}
    esac
  done`;

function bashScript(program: LoadedProgram): string {
  const all = completionWords(program);
  const name = functionOf(program);
  return `# bash completion of ${program.name} ${program.version}: source it, or keep it in ~/.local/share/bash-completion/completions/${program.name}
${name}() {
  local path word offered='' current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local before=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
${pathFinder(all)}
  case "$path $previous" in
${casesOf(all)}
  esac
  COMPREPLY=($(compgen -W "$offered" -- "$current"))
}
complete -o default -F ${name} ${program.name}`;
}

function zshScript(program: LoadedProgram): string {
  const all = completionWords(program);
  const name = functionOf(program);
  return `#compdef ${program.name}
# zsh completion of ${program.name} ${program.version}: keep it as _${program.name} in a folder of $fpath
${name}() {
  local path word offered='' previous="\${words[CURRENT-1]}"
  local -a before=("\${(@)words[2,CURRENT-1]}")
${pathFinder(all)}
  case "$path $previous" in
${casesOf(all)}
  esac
  compadd -- \${=offered}
  _files
}
compdef ${name} ${program.name}`;
}

function fishScript(program: LoadedProgram): string {
  const lines = completionWords(program).flatMap(({ path, words, choices }) => {
    const condition =
      path === ''
        ? '__fish_use_subcommand'
        : path
            .split(' ')
            .map((word) => `__fish_seen_subcommand_from ${word}`)
            .join('; and ');
    const start = `complete -c ${program.name} -n ${quoted(condition)}`;
    const valuesOf = new Map(choices.map(({ option, values }) => [option, values.join(' ')]));
    return words.map(({ word, describe }) => {
      if (!word.startsWith('--')) {
        return `${start} -f -a ${word} -d ${quoted(describe)}`;
      }
      const values = valuesOf.get(word);
      const arguments_ = values === undefined ? '' : ` -x -a ${quoted(values)}`;
      return `${start} -l ${word.slice(2)}${arguments_} -d ${quoted(describe)}`;
    });
  });
  return `# fish completion of ${program.name} ${program.version}: keep it in ~/.config/fish/completions/${program.name}.fish
${lines.join('\n')}`;
}

import type { CommandSynonym, Program } from './program.js';
import { UsageError } from './usage-error.js';

/**
 * Gives the first word of a command line this program's name for it, where it is another program's: `nnUNetv2_predict` and
 * `predict` are the same, `plan_experiment` is `plan`.
 *
 * @throws UsageError for a command of theirs that is done otherwise here, with how.
 */
export function translateCommand(program: Program, argv: readonly string[]): string[] {
  const at = argv.findIndex((word) => !word.startsWith('-'));
  if (at === -1) {
    return [...argv];
  }
  const { commands, synonyms = [], elsewhere = {}, namePrefix = '' } = program;
  const word = argv[at];
  const isPrefixed = namePrefix !== '' && word.toLowerCase().startsWith(namePrefix.toLowerCase());
  const name = (isPrefixed ? word.slice(namePrefix.length) : word).replaceAll('_', '-');
  const known = new Map(
    [
      ...commands.map((command) => command.name),
      ...synonyms.map((synonym) => synonym.name),
      ...Object.keys(elsewhere),
    ].map((each) => [each.toLowerCase(), each]),
  );
  const found = known.get(name.toLowerCase());
  if (found === undefined) {
    return [...argv];
  }
  if (Object.hasOwn(elsewhere, found)) {
    throw new UsageError(`${program.name} has no command ${word}.`, { remedy: elsewhere[found] });
  }
  const synonym = synonyms.find((each) => each.name === found);
  const rest = synonym === undefined ? argv.slice(at + 1) : respelled(argv.slice(at + 1), synonym);
  return [...argv.slice(0, at), synonym?.command ?? found, ...rest];
}

const respelled = (words: readonly string[], { options = {} }: CommandSynonym): string[] =>
  words.map((word) => (Object.hasOwn(options, word) ? options[word] : word));

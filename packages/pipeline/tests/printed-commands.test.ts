import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nnunetNames } from '@fractura/nnunet/commands';
import { loadProgram, normalizeArguments, type ArgumentTable, type CommandDefinition } from '@fractura/command-line';
import { describe, expect, test } from '@jest/globals';
import { program as deferred } from '../src/program.js';

const program = await loadProgram(deferred);

const packages = fileURLToPath(new URL('../../', import.meta.url));

interface Printed {
  where: string;
  /** The words after `fractura`. */
  words: string[];
}

/** Every `fractura WORD ...` that a text shows: in code blocks and code spans of Markdown, in strings of sources. */
function printedIn(text: string, where: string): Printed[] {
  const joined = text.replace(/\\\n\s*/g, ' ');
  const found = joined.matchAll(/(?:^|[\s`'"(])(?:npx )?fractura((?: (?:[a-z][a-z-]*|[-.\w=/,<>*]+))+)/gm);
  return [...found].map(([, rest]) => ({ where, words: rest.trim().replace(/[.,]$/, '').split(' ') }));
}

function* printed(): Generator<Printed> {
  for (const name of readdirSync(packages)) {
    const folder = join(packages, name);
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    for (const [, block] of readme.matchAll(/```(?:sh|bash|console)\n([\s\S]*?)```/g)) {
      yield* printedIn(block, `${name}/README.md`);
    }
    for (const [, span] of readme.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)) {
      yield* printedIn(span, `${name}/README.md`);
    }
    for (const entry of readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.ts')) {
        continue;
      }
      const source = readFileSync(join(folder, 'src', entry), 'utf8');
      for (const [, remedy] of source.matchAll(/remedy:\s*(['`"][\s\S]*?)[,}]\n/g)) {
        yield* printedIn(remedy, `${name}/src/${entry}`);
      }
    }
  }
}

/** What is wrong with a printed command; undefined where the program takes it. */
function flawOf(words: readonly string[]): string | undefined {
  const [first, second] = words;
  const synonym = nnunetNames.synonyms.find(({ name }) => name === first.replaceAll('_', '-'));
  const named = program.commands.find(({ name }) => name === (synonym?.command ?? first.replaceAll('_', '-')));
  if (named === undefined) {
    return first === 'completion' || first.startsWith('-') ? undefined : `no command ${first}`;
  }
  if ('run' in named) {
    return unknownOption(words.slice(1), named);
  }
  const inner = named.commands.find(({ name }) => name === second);
  if (inner === undefined && named.defaultCommand !== undefined) {
    // What comes after -- is another command's.
    const own = words.includes('--') ? words.slice(1, words.indexOf('--')) : words.slice(1);
    return unknownOption(own, named.defaultCommand);
  }
  if (inner === undefined) {
    return second === undefined || second.startsWith('-') ? undefined : `no command ${first} ${second}`;
  }
  return unknownOption(words.slice(2), inner);
}

const shared: ArgumentTable = Object.fromEntries(
  ['json', 'quiet', 'debug', 'help', 'version'].map((name) => [name, { kind: 'boolean', describe: name }]),
);

function unknownOption(words: readonly string[], { options }: CommandDefinition): string | undefined {
  const all = { ...shared, ...options };
  const known = Object.entries(all).flatMap(([name, { alias = [] }]) => [name, ...[alias].flat()]);
  const given = normalizeArguments(words, all).filter((word) => /^--?[A-Za-z]/.test(word));
  const unknown = given.find((word) => !known.includes(word.replace(/^--?/, '').split('=')[0]));
  return unknown === undefined ? undefined : `no option ${unknown}`;
}

describe('commands that are printed', () => {
  const all = [...printed()];

  test('are found in READMEs and in the remedies of errors', () => {
    expect(all.filter(({ where }) => where.endsWith('README.md')).length).toBeGreaterThan(20);
    expect(all.filter(({ where }) => where.endsWith('.ts')).length).toBeGreaterThan(2);
  });

  test('exist, with the options that they are shown with', () => {
    const flaws = all.flatMap(({ where, words }) => {
      const flaw = flawOf(words);
      return flaw === undefined ? [] : [`${where}: fractura ${words.join(' ')}: ${flaw}`];
    });
    expect(flaws).toEqual([]);
  });

  test('and those of the help are taken, too', () => {
    const commands = program.commands.flatMap((command) => ('run' in command ? [command] : command.commands));
    for (const command of commands) {
      for (const [line] of command.examples) {
        expect([command.name, line, unknownOption(line.split(' '), command)]).toEqual([command.name, line, undefined]);
      }
    }
  });

  test('with an option or a command that is not there would be found', () => {
    expect(flawOf(['predict', '--no-such-option'])).toBe('no option --no-such-option');
    expect(flawOf(['predikt'])).toBe('no command predikt');
    expect(flawOf(['engine', 'doktor'])).toBe('no command engine doktor');
  });
});

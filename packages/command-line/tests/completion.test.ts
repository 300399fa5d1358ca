import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { captureProgram } from '@fractura/testing';
import { defineCommand, runCommandLine, type Program } from '../src/index.js';

const run = () => Promise.resolve();
const predict = defineCommand({
  name: 'predict',
  summary: "Segments a patient's images.",
  positionals: {},
  options: {
    engine: { kind: 'string', alias: 'e', describe: 'engine', choices: ['native', 'wasm'] },
    output: { kind: 'string', describe: 'folder' },
  },
  examples: [],
  run,
});
const doctor = defineCommand({ name: 'doctor', summary: 'Looks.', positionals: {}, options: {}, examples: [], run });
const program: Program = {
  name: 'fractura',
  version: '1.0.0',
  summary: 'Tests.',
  commands: [predict, { name: 'engine', summary: 'Engines.', commands: [doctor] }],
};

const script = async (shell: string) =>
  (await captureProgram((streams) => runCommandLine(program, ['completion', shell], streams))).output;

/** What bash offers for a line whose last word is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const source = `${await script('bash')}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_fractura; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', source], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

test('bash completes commands, options and choices of the command at hand', async () => {
  expect(await offered('fractura', '')).toEqual(expect.arrayContaining(['predict', 'engine', 'completion', '--help']));
  expect(await offered('fractura', 'pre')).toEqual(['predict']);
  expect(await offered('fractura', 'engine', '')).toEqual(['doctor']);
  expect(await offered('fractura', 'predict', '--o')).toEqual(['--output']);
  expect(await offered('fractura', 'predict', '--engine', '')).toEqual(['native', 'wasm']);
  expect(await offered('fractura', 'predict', '-e', 'w')).toEqual(['wasm']);
  expect(await offered('fractura', 'engine', 'doctor', '--en')).toEqual([]);
});

test('files are left to the shell where a value is free', async () => {
  expect(await offered('fractura', 'predict', '--output', 'x')).toEqual([]);
  expect(await script('bash')).toContain('complete -o default -F _fractura fractura');
});

test('zsh and fish get the same words', async () => {
  for (const shell of ['zsh', 'fish']) {
    const text = await script(shell);
    for (const word of ['predict', 'doctor', 'completion', 'native wasm']) {
      expect(text).toContain(word);
    }
  }
  expect(await script('fish')).toContain(
    `complete -c fractura -n '__fish_use_subcommand' -f -a predict -d 'Segments a patient'\\''s images.'`,
  );
});

test('another shell is refused by name', async () => {
  const captured = await captureProgram((streams) => runCommandLine(program, ['completion', 'cmd'], streams));
  expect(captured).toMatchObject({ status: 2, errors: expect.stringContaining('shell cannot be "cmd"') as unknown });
});

import { captureProgram } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { defineCommand, readCommandLine, runCommandLine, type Program } from '../src/index.js';

const submit = defineCommand({
  name: 'submit',
  summary: 'Hands a command over.',
  positionals: {},
  rest: 'COMMAND',
  options: { parts: { kind: 'integer', describe: 'parts', default: 1, minimum: 1 } },
  examples: [['-- train 0', 'a training']],
  run: ({ parts }, { print, rest, json }) => {
    print(json ? { parts, rest } : `${parts}: ${rest.join(' ')}`);
    return Promise.resolve();
  },
});
const search = defineCommand({
  name: 'search',
  summary: 'Looks for good settings.',
  positionals: { space: { kind: 'string', describe: 'space file', required: true } },
  options: { 'time-limit': { kind: 'number', describe: 'hours' } },
  examples: [],
  run: ({ space, timeLimit }, { print, rest }) => {
    print(`${space} for ${timeLimit ?? 'ever'}, ${rest.length} more`);
    return Promise.resolve();
  },
});
const status = defineCommand({
  name: 'status',
  summary: 'Says what became of it.',
  positionals: { folder: { kind: 'string', describe: 'folder', required: true } },
  options: {},
  examples: [],
  run: ({ folder }, { print }) => {
    print(`${folder} is done`);
    return Promise.resolve();
  },
});
const program: Program = {
  name: 'work',
  version: '1.0.0',
  summary: 'Works.',
  commands: [
    { name: 'submit', summary: 'Jobs.', commands: [status], defaultCommand: submit },
    { name: 'search', summary: 'Points.', commands: [status], defaultCommand: search },
    status,
  ],
};
const call = (...args: string[]) => captureProgram((streams) => runCommandLine(program, args, streams));

test('a group runs its default command where none of its commands is named', async () => {
  expect(await call('submit', '--parts', '2', '--', 'train', '0')).toMatchObject({ status: 0, output: '2: train 0\n' });
  expect(await call('search', 'space.yaml', '--time-limit', '2')).toMatchObject({
    status: 0,
    output: 'space.yaml for 2, 0 more\n',
  });
});

test('a command of the group, and one of the same name beside it, are still found', async () => {
  expect(await call('submit', 'status', 'here')).toMatchObject({ status: 0, output: 'here is done\n' });
  expect(await call('status', 'there')).toMatchObject({ status: 0, output: 'there is done\n' });
});

test('the words after -- come as they are, options and a second -- among them', async () => {
  const { output } = await call('submit', '--json', '--', 'train', '--parts', '9', '-c', '--', '--json=no', '');
  expect(JSON.parse(output)).toEqual({ parts: 1, rest: ['train', '--parts', '9', '-c', '--', '--json=no', ''] });
});

test('what a default command is not given or does not know is refused in its name', async () => {
  expect(await call('search')).toMatchObject({ status: 2, errors: expect.stringContaining('space') as unknown });
  expect(await call('submit', '--part', '2')).toMatchObject({
    status: 2,
    errors: expect.stringContaining('See work submit --help.') as unknown,
  });
  expect(await call('submit', '--parts', '0')).toMatchObject({ status: 2 });
});

test('the help of a group has the options of its default command and its other commands', async () => {
  const { output } = await call('submit', '--help');
  expect(output).toContain('work submit [options] -- COMMAND...');
  expect(output).toContain('--parts');
  expect(output).toMatch(/status +/);
  expect((await call('search', '--help')).output).toContain('<space>');
});

test('a program may have a default command of its own', async () => {
  const alone: Program = { ...program, defaultCommand: submit };
  const run = (...args: string[]) => captureProgram((streams) => runCommandLine(alone, args, streams));
  expect(await run('--parts', '3', '--', 'status', 'x')).toMatchObject({ status: 0, output: '3: status x\n' });
  expect(await run('status', 'x')).toMatchObject({ status: 0, output: 'x is done\n' });
});

test('readCommandLine gives the command and its values, and runs nothing', async () => {
  expect(await readCommandLine(program, ['search', 'space.yaml', '--time-limit=0.5'])).toMatchObject({
    name: 'search',
    values: { space: 'space.yaml', timeLimit: 0.5 },
  });
  expect(await readCommandLine(program, ['submit', 'status', 'here'])).toMatchObject({
    name: 'submit status',
    values: { folder: 'here' },
  });
  expect(await readCommandLine(program, ['submit'])).toMatchObject({ name: 'submit', values: { parts: 1 } });
});

test('readCommandLine refuses what running refuses, and has nothing for help', async () => {
  await expect(readCommandLine(program, ['status'])).rejects.toMatchObject({ code: 'usage' });
  await expect(readCommandLine(program, ['submit', '--parts', 'two'])).rejects.toThrow('--parts is "two"');
  await expect(readCommandLine(program, ['stats', 'x'])).rejects.toMatchObject({ code: 'usage' });
  expect(await readCommandLine(program, ['submit', '--help'])).toBeUndefined();
  expect(await readCommandLine(program, ['--version'])).toBeUndefined();
});

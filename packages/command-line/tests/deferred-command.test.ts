import { captureProgram } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { deferCommand, defineCommand, loadProgram, runCommandLine, type Program } from '../src/index.js';

/** A program whose commands say when they are loaded. */
function deferredProgram(): { program: Program; loaded: string[] } {
  const loaded: string[] = [];
  const defer = (name: string) =>
    deferCommand({ name, summary: `Does ${name}.` }, () => {
      loaded.push(name);
      return Promise.resolve(
        defineCommand({
          name,
          summary: `Does ${name}.`,
          positionals: {},
          options: { speed: { kind: 'integer', describe: 'speed', default: 1 } },
          examples: [],
          run: ({ speed }, { print }) => {
            print(`${name} at ${speed}`);
            return Promise.resolve();
          },
        }),
      );
    });
  const commands = [
    defer('walk'),
    defer('run'),
    { name: 'water', summary: 'In water.', commands: [defer('swim'), defer('dive')] },
  ];
  return { program: { name: 'move', version: '1.0.0', summary: 'Moves.', commands }, loaded };
}

const call = async (...args: string[]) => {
  const { program, loaded } = deferredProgram();
  const captured = await captureProgram((streams) => runCommandLine(program, args, streams));
  return { ...captured, loaded };
};

test('only the command that is called is loaded', async () => {
  expect(await call('run', '--speed', '3')).toMatchObject({ status: 0, output: 'run at 3\n', loaded: ['run'] });
  expect(await call('water', 'dive')).toMatchObject({ status: 0, output: 'dive at 1\n', loaded: ['dive'] });
  expect(await call('--speed', '4', 'walk')).toMatchObject({ status: 0, output: 'walk at 4\n', loaded: ['walk'] });
});

test('the version and the list of commands load none, the help of a command that one', async () => {
  expect(await call('--version')).toMatchObject({ status: 0, output: '1.0.0\n', loaded: [] });
  const { output, loaded } = await call('--help');
  expect(output).toMatch(/move walk +Does walk\.\n +move run +Does run\.\n/);
  expect(loaded).toEqual([]);
  expect((await call('water', '--help')).loaded).toEqual([]);
  const help = await call('water', 'swim', '--help');
  expect(help).toMatchObject({ loaded: ['swim'], output: expect.stringContaining('--speed') as unknown });
});

test('an unknown option is refused with the nearest of the command', async () => {
  expect(await call('run', '--sped', '3')).toMatchObject({
    status: 2,
    errors: expect.stringContaining('Did you mean --speed?') as unknown,
  });
  expect(await call('rum')).toMatchObject({
    status: 2,
    errors: expect.stringContaining('Did you mean run?') as unknown,
  });
});

test('completion loads all of them', async () => {
  const { output, loaded } = await call('completion', 'bash');
  expect(output).toContain('--speed');
  expect(loaded).toEqual(['walk', 'run', 'swim', 'dive']);
});

test('a whole program can be loaded', async () => {
  const { commands } = await loadProgram(deferredProgram().program);
  expect(
    commands.map((command) => ('commands' in command ? command.commands.length : command.options.speed?.kind)),
  ).toEqual(['integer', 'integer', 2]);
});

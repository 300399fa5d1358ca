import { describe, expect, test } from '@jest/globals';
import { FracturaError } from '@fractura/errors';
import { defineCommand, runCommandLine, type Program } from '../src/index.js';

const received: unknown[] = [];
const predict = defineCommand({
  name: 'predict-now',
  summary: 'Predicts.',
  positionals: { dataset: { kind: 'string', describe: 'dataset id' } },
  options: {
    folds: { kind: 'strings', alias: 'f', describe: 'folds', default: ['0', '1'] },
    'step-size': { kind: 'number', describe: 'step', default: 0.5 },
    'gpu-memory-target': { kind: 'number', describe: 'GB' },
    'disable-tta': { kind: 'boolean', describe: 'no mirroring', default: false },
    'num-parts': { kind: 'integer', describe: 'parts', minimum: 1, default: 1 },
    engine: { kind: 'string', describe: 'engine', choices: ['native', 'wasm'] },
  },
  examples: [['921 -f 0 1', 'predicts with two folds']],
  run: (values, { print, json }) => {
    const { dataset, folds, stepSize, gpuMemoryTarget, disableTta } = values;
    received.push({ dataset, folds, stepSize, gpuMemoryTarget, disableTta });
    if (dataset === 'bad') {
      throw new FracturaError('There is no data set bad.', { code: 'none', remedy: 'Convert first.' });
    }
    print(json ? { dataset } : `predicted ${dataset ?? ''}`);
    return Promise.resolve();
  },
});
const doctor = defineCommand({
  name: 'doctor',
  summary: 'Looks.',
  positionals: {},
  options: {},
  examples: [],
  run: (_values, { print }) => {
    print('healthy');
    return Promise.resolve();
  },
});
const program: Program = {
  name: 'fractura',
  version: '1.2.3',
  summary: 'Does everything.',
  commands: [predict, { name: 'engine', summary: 'Engines.', commands: [doctor] }],
};

async function run(line: string) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    ({ isTTY: false, write: (text: string) => (written[name] += text) }) as unknown as NodeJS.WriteStream;
  const status = await runCommandLine(program, line.split(' ').filter(Boolean), {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  });
  return { status, ...written };
}

describe('runCommandLine', () => {
  test('takes nnU-Net spelling: underscores, single-dash long options, several values', async () => {
    const { status, stdout } = await run(
      'predict_now 921 -f 0 1 2 -step_size 0.25 --gpu_memory_target 2 --disable_tta',
    );
    expect(received.at(-1)).toEqual({
      dataset: '921',
      folds: ['0', '1', '2'],
      stepSize: 0.25,
      gpuMemoryTarget: 2,
      disableTta: true,
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'predicted 921\n' });
  });

  test('applies defaults, and prints JSON when asked', async () => {
    const { stdout } = await run('predict-now 7 --json');
    expect(received.at(-1)).toMatchObject({ folds: ['0', '1'], stepSize: 0.5, disableTta: false });
    expect(JSON.parse(stdout)).toEqual({ dataset: '7' });
  });

  test('refuses an unknown option with status 2 and names the nearest one', async () => {
    const { status, stderr } = await run('predict-now 7 --disable-tts');
    expect(status).toBe(2);
    expect(stderr).toMatch(/Unknown argument: disable-tts\. Did you mean disable-tta\?/);
  });

  test('refuses a word for a number, a missing value, an unknown command and no command with status 2', async () => {
    for (const line of ['predict-now 7 --step-size x', 'predict-now --step-size', 'predikt-now', '']) {
      expect((await run(line)).status).toBe(2);
    }
  });

  test('refuses a number out of its range and a value that is not among the choices with status 2', async () => {
    const { status, stderr } = await run('predict-now 7 --num_parts 0');
    expect(status).toBe(2);
    expect(stderr).toBe('fractura: --num-parts is 0; it must be a whole number of at least 1.\nSee fractura --help.\n');
    expect((await run('predict-now 7 --engine wasn')).stderr).toBe(
      'fractura: --engine cannot be "wasn". Did you mean wasm?\nChoose from native, wasm.\nSee fractura --help.\n',
    );
    expect((await run('predict-now 7 --engine wasm')).status).toBe(0);
  });

  test('tells an expected failure in one message with its remedy, without a stack, status 1', async () => {
    const { status, stderr } = await run('predict-now bad');
    expect(status).toBe(1);
    expect(stderr).toBe('error: There is no data set bad.\n       Convert first.\n');
    expect((await run('predict-now bad --debug')).stderr).toMatch(/at .*run-command-line/);
  });

  test('runs commands of a group, prints help with examples and the version', async () => {
    expect((await run('engine doctor')).stdout).toBe('healthy\n');
    expect((await run('engine')).status).toBe(2);
    const help = await run('predict-now --help');
    expect(help.stdout).toMatch(/--step-size[\s\S]*fractura predict-now 921 -f 0 1/);
    expect(help.status).toBe(0);
    expect((await run('--version')).stdout).toBe('1.2.3\n');
  });
});

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
    'no-cache': { kind: 'boolean', describe: 'no cache' },
    verbose: { kind: 'boolean', describe: 'more', withoutEffect: 'Notes are always written.' },
  },
  examples: [['921 -f 0 1', 'predicts with two folds']],
  run: (values, { print, json }) => {
    const { dataset, folds, stepSize, gpuMemoryTarget, disableTta, noCache } = values;
    received.push({ dataset, folds, stepSize, gpuMemoryTarget, disableTta, noCache });
    if (dataset === 'bad') {
      throw new FracturaError('There is no data set bad.', { code: 'none', remedy: 'Convert first.' });
    }
    print(json ? { dataset } : `predicted ${dataset ?? ''}`);
    return Promise.resolve();
  },
});
const move = defineCommand({
  name: 'move-now',
  summary: 'Moves.',
  positionals: { source: { kind: 'string', describe: 'from where', required: true } },
  options: {
    to: { kind: 'string', alias: 't', describe: 'where to', required: true },
    places: { kind: 'integers', describe: 'places' },
  },
  examples: [],
  run: ({ source, to, places }, { print, note }) => {
    received.push(places);
    if (source !== 'here') {
      note(`from ${source}`);
    }
    print('moved');
    print({ to });
    if (to === 'nowhere') {
      throw new FracturaError('There is no way back.', { code: 'no-way' });
    }
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
  namePrefix: 'nnUNetv2_',
  synonyms: [{ name: 'foretell', command: 'predict-now', options: { '--c': '--step-size' } }],
  elsewhere: { 'download-it': 'Fetch it with a browser.' },
  commands: [predict, move, { name: 'engine', summary: 'Engines.', commands: [doctor] }],
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
    expect(stderr).toMatch(/Unknown option: fractura predict-now has no --disable-tts\. Did you mean --disable-tta\?/);
  });

  test('refuses a word for a number, a missing value, an unknown command and no command with status 2', async () => {
    for (const line of ['predict-now 7 --step-size x', 'predict-now --step-size', 'predikt-now', '']) {
      expect((await run(line)).status).toBe(2);
    }
  });

  test('refuses a number out of its range and a value that is not among the choices with status 2', async () => {
    const { status, stderr } = await run('predict-now 7 --num_parts 0');
    expect(status).toBe(2);
    expect(stderr).toBe(
      'fractura: --num-parts is 0; it must be a whole number of at least 1.\nSee fractura predict-now --help.\n',
    );
    expect((await run('predict-now 7 --engine wasn')).stderr).toBe(
      'fractura: --engine cannot be "wasn". Did you mean wasm?\nChoose from native, wasm.\nSee fractura predict-now --help.\n',
    );
    expect((await run('predict-now 7 --engine wasm')).status).toBe(0);
  });

  test('names the word that is no number, the argument without a value, and those that are missing', async () => {
    for (const [line, message] of [
      ['predict-now 7 --step-size x', '--step-size is "x"; it must be a number.'],
      ['predict-now 7 --step-size NaN', '--step-size is "NaN"; it must be a number.'],
      ['predict-now 7 --num-parts 1.5', '--num-parts is 1.5; it must be a whole number of at least 1.'],
      ['predict-now 7 --num-parts -1', '--num-parts is -1; it must be a whole number of at least 1.'],
      ['predict-now 7 --num-parts=', '--num-parts is ""; it must be a whole number of at least 1.'],
      ['predict-now 7 --step-size', '--step-size has no value.\nGive --step-size a value: step.'],
      ['predict-now 7 -f', '--folds has no value.\nGive --folds a value: folds.'],
      ['predict-now 7 8', 'Unknown argument: fractura predict-now does not take "8".'],
      ['move-now', '<source> is missing.\nGive <source>: from where.'],
      ['move-now here', '--to (-t) is missing.\nGive --to (-t): where to.'],
      ['move-now here --to=', '--to is empty.\nIt is: where to.'],
    ]) {
      const { status, stderr } = await run(line);
      const command = line.split(' ')[0];
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: `fractura: ${message}\nSee fractura ${command} --help.\n`,
      });
    }
  });

  test('suggests names of the command at hand alone, and commands for a mistyped command', async () => {
    expect((await run('move-now here --to x --step-sise 2')).stderr).toMatch(/^fractura: .*no --step-sise\.\n/);
    expect((await run('predikt-now')).stderr).toContain('has no "predikt-now". Did you mean predict-now?');
    expect((await run('engine docter')).stderr).toContain('fractura engine has no "docter". Did you mean doctor?');
  });

  test('takes names and options of other programs, and says what to use instead of what is not there', async () => {
    expect((await run('nnUNetv2_predict_now 7')).stdout).toBe('predicted 7\n');
    expect((await run('foretell 8 --c 0.25')).stdout).toBe('predicted 8\n');
    expect(received.at(-1)).toMatchObject({ dataset: '8', stepSize: 0.25 });
    expect(await run('nnUNetv2_download_it')).toMatchObject({
      status: 2,
      stderr:
        'fractura: fractura has no command nnUNetv2_download_it.\nFetch it with a browser.\nSee fractura --help.\n',
    });
  });

  test('takes options that begin with "no", and denies booleans by "no"', async () => {
    await run('predict-now 7 --no-disable-tta --no_cache');
    expect(received.at(-1)).toMatchObject({ disableTta: false, noCache: true });
    await run('predict-now 7 --disable-tta -no-cache');
    expect(received.at(-1)).toMatchObject({ disableTta: true, noCache: true });
  });

  test('says that an option has no effect, and why', async () => {
    const { status, stderr } = await run('predict-now 7 --verbose');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: '--verbose has no effect here: Notes are always written.\n',
    });
  });

  test('takes several numbers apart or with commas', async () => {
    await run('move-now here --to x --places 1 2 -3');
    expect(received.at(-1)).toEqual([1, 2, -3]);
    await run('move-now here --to x --places 1,2,-3');
    expect(received.at(-1)).toEqual([1, 2, -3]);
  });

  test('with --json standard output is one JSON value, whatever happens', async () => {
    const parsed = async (line: string) => JSON.parse((await run(line)).stdout) as unknown;
    expect(await parsed('engine doctor --json')).toBe('healthy');
    expect(await parsed('move-now here --to x --json')).toEqual(['moved', { to: 'x' }]);
    expect(await parsed('predict-now bad --json')).toEqual({
      error: { code: 'none', message: 'There is no data set bad.', remedy: 'Convert first.' },
    });
    expect(await parsed('move-now here --to nowhere --json')).toEqual({
      error: { code: 'no-way', message: 'There is no way back.' },
      results: ['moved', { to: 'nowhere' }],
    });
    expect(await parsed('predict-now 7 --step-size x --json')).toMatchObject({ error: { code: 'usage' } });
    expect(await parsed('predikt --json')).toMatchObject({ error: { code: 'usage' } });
    expect(await parsed('--version --json')).toBe('1.2.3');
  });

  test('shows what a terminal would obey, and does not send it', async () => {
    const { stdout, stderr } = await run('move-now a\u001b[31mb --to x');
    expect([stdout, stderr]).toEqual(['moved\n{\n  "to": "x"\n}\n', 'from a\\u001b[31mb\n']);
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

import { describe, expect, test } from '@jest/globals';
import { defineCommand, runCommandLine, type ArgumentValues } from '../src/index.js';

/** Whether two types are the same, which the check of types decides. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;

const engines = ['native', 'wasm'] as const;
const plain = {
  dataset: { kind: 'string', describe: 'data set', required: true },
  'learning-rate': { kind: 'number', describe: 'learning rate', default: 0.01 },
  epochs: { kind: 'integer', describe: 'epochs', minimum: 1 },
  folds: { kind: 'strings', describe: 'folds' },
  spacing: { kind: 'numbers', describe: 'spacing', default: [1, 1] },
  npz: { kind: 'boolean', describe: 'probabilities', default: false },
} as const;
const chosen = {
  engine: { kind: 'string', describe: 'engine', choices: engines },
  mode: { kind: 'string', describe: 'mode', choices: ['fast', 'slow'], required: true },
  device: { kind: 'string', describe: 'device', choices: ['cpu', 'cuda'], default: 'cpu' },
  depth: { kind: 'number', describe: 'layers', choices: [18, 34], default: 18 },
  parts: { kind: 'strings', describe: 'parts', choices: ['a', 'b'] },
} as const;

interface Plain {
  dataset: string;
  learningRate: number;
  epochs: number | undefined;
  folds: string[] | undefined;
  spacing: number[];
  npz: boolean;
}

interface Chosen {
  engine: 'native' | 'wasm' | undefined;
  mode: 'fast' | 'slow';
  device: 'cpu' | 'cuda';
  depth: 18 | 34;
  parts: ('a' | 'b')[] | undefined;
}

describe('the values that a command receives', () => {
  test('are of the type that the kind says, and may be missing unless required or with a default', () => {
    const same: Same<ArgumentValues<typeof plain>, Plain> = true;
    const wider: Same<ArgumentValues<typeof plain>, Plain & { epochs: number }> = false;
    expect([same, wider]).toEqual([true, false]);
  });

  test('are one of the choices where there are choices', () => {
    const same: Same<ArgumentValues<typeof chosen>, Chosen> = true;
    const narrower: Same<ArgumentValues<typeof chosen>['depth'], number> = false;
    expect([same, narrower]).toEqual([true, false]);
  });

  test('are inferred from the definition itself, without a cast', async () => {
    const received: { dataset: string; engine?: 'native' | 'wasm'; device: 'cpu' | 'cuda' }[] = [];
    const command = defineCommand({
      name: 'train',
      summary: 'Trains.',
      positionals: {},
      options: {
        ...plain,
        engine: chosen.engine,
        device: { kind: 'string', describe: 'device', choices: ['cpu', 'cuda'], default: 'cpu' },
      },
      examples: [],
      run: ({ dataset, engine, device }) => {
        received.push({ dataset, engine, device });
        return Promise.resolve();
      },
    });
    const program = { name: 'study', version: '1.0.0', summary: 'Studies.', commands: [command] };
    expect(await runCommandLine(program, ['train', '--dataset', '7', '--engine', 'wasm'])).toBe(0);
    expect(received).toEqual([{ dataset: '7', engine: 'wasm', device: 'cpu' }]);
  });
});

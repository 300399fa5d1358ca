import { describe, expect, test } from '@jest/globals';
import { defineCommand, type ArgumentValues } from '../src/index.js';

/** Whether two types are the same; `npm test` checks the types of tests. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(answer: Same<A, B>): void => {
  expect(answer).toBe(true);
};

const engines = ['native', 'wasm'] as const;
const shared = { engine: { kind: 'string', describe: 'engine', choices: engines } } as const;

describe('the values that a command receives', () => {
  test('are of the type that the kind says, and may be missing unless required or with a default', () => {
    defineCommand({
      name: 'train',
      summary: 'Trains.',
      positionals: { dataset: { kind: 'string', describe: 'data set', required: true } },
      options: {
        'learning-rate': { kind: 'number', describe: 'learning rate', default: 0.01 },
        epochs: { kind: 'integer', describe: 'epochs', minimum: 1 },
        folds: { kind: 'strings', describe: 'folds' },
        spacing: { kind: 'numbers', describe: 'spacing', default: [1, 1] },
        npz: { kind: 'boolean', describe: 'probabilities', default: false },
      },
      examples: [],
      run: (values) => {
        same<typeof values.dataset, string>(true);
        same<typeof values.learningRate, number>(true);
        same<typeof values.epochs, number | undefined>(true);
        same<typeof values.folds, string[] | undefined>(true);
        same<typeof values.spacing, number[]>(true);
        same<typeof values.npz, boolean>(true);
        return Promise.resolve();
      },
    });
  });

  test('are one of the choices where there are choices', () => {
    defineCommand({
      name: 'train',
      summary: 'Trains.',
      positionals: { mode: { kind: 'string', describe: 'mode', choices: ['fast', 'slow'], required: true } },
      options: {
        ...shared,
        device: { kind: 'string', describe: 'device', choices: ['cpu', 'cuda'], default: 'cpu' },
        depth: { kind: 'number', describe: 'layers', choices: [18, 34], default: 18 },
        parts: { kind: 'strings', describe: 'parts', choices: ['a', 'b'] },
      },
      examples: [],
      run: (values) => {
        same<typeof values.mode, 'fast' | 'slow'>(true);
        same<typeof values.engine, 'native' | 'wasm' | undefined>(true);
        same<typeof values.device, 'cpu' | 'cuda'>(true);
        same<typeof values.depth, 18 | 34>(true);
        same<typeof values.parts, ('a' | 'b')[] | undefined>(true);
        return Promise.resolve();
      },
    });
  });

  test('can be named by the table of options that commands share', () => {
    same<ArgumentValues<typeof shared>, { engine: 'native' | 'wasm' | undefined }>(true);
  });
});

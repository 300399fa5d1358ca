import { beforeAll, describe, test } from '@jest/globals';

import { useEngine, type EngineName } from '../../src/index.js';
import { cases } from './cases.js';
import { compare } from './parity.js';

describe.each(['cpu', 'wasm'] satisfies EngineName[])('on the engine %s', (engine) => {
  beforeAll(async () => {
    await useEngine({ prefer: engine });
  });

  test.each(cases)('%s equals the plain composition in value and gradients', (_name, operation) => {
    compare(operation);
  });
});

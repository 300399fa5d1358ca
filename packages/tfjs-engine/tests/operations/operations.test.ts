import { beforeAll, describe, test } from '@jest/globals';

import { findPreparedEngine, useEngine, type EngineName } from '../../src/index.js';
import { cases } from './cases.js';
import { compare } from './parity.js';

const engines: EngineName[] = findPreparedEngine() ? ['cpu', 'wasm', 'native'] : ['cpu', 'wasm'];

describe.each(engines)('on the engine %s', (engine) => {
  beforeAll(async () => {
    await useEngine({ prefer: engine });
  });

  test.each(cases)('%s equals the plain composition in value and gradients', (_name, operation) => {
    compare(operation);
  });
});

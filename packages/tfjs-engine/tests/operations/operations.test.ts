import { beforeAll, describe, test } from '@jest/globals';

import { findPreparedEngine, useEngine, type EngineName } from '../../src/index.js';
import { cases } from './cases.js';
import { compare } from './parity.js';

const engines: EngineName[] = findPreparedEngine() ? ['cpu', 'wasm', 'native'] : ['cpu', 'wasm'];

describe.each(engines)('on the engine %s', (engine) => {
  let backend: string;
  beforeAll(async () => {
    ({ backend } = await useEngine({ prefer: engine }));
  });

  test.each(cases)('%s equals the plain composition on the CPU in value and gradients', async (_name, operation) => {
    await compare(operation, { backend });
  });
});

import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import loadWabt from 'wabt';
import { convolveLinesModule } from '../../src/radiograph/convolve-lines.wasm.js';

test('the module that is shipped is the text that is read', async () => {
  const wat = readFileSync(new URL('../../src/radiograph/convolve-lines.wat', import.meta.url), 'utf8');
  const wabt = await loadWabt();
  const { buffer } = wabt.parseWat('convolve-lines.wat', wat, { simd: true }).toBinary({});
  expect(Buffer.from(buffer).toString('base64')).toBe(convolveLinesModule);
});

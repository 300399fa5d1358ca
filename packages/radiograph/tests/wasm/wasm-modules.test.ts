import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { lumaModule } from '../../src/colour/luma.wasm.js';
import { convolveLinesModule } from '../../src/resize/convolve-lines.wasm.js';
import { assemble, modules } from '../support/assemble.mjs';

const shipped: Record<string, string> = { convolveLinesModule, lumaModule };

test.each(modules)('$file.wat is shipped as the text that is read', async ({ file, exported }) => {
  const wat = readFileSync(new URL(`../../src/${file}.wat`, import.meta.url), 'utf8');
  expect(wat).toContain('(module');
  expect(await assemble(file)).toBe(shipped[exported]);
});

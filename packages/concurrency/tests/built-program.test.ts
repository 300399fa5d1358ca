import { expect, test } from '@jest/globals';
import { builtProgram } from '../src/index.js';

test.each([
  ['file:///home/src/app/node_modules/@fractura/nnunet/dist/index.js', 'beside the built module'],
  ['file:///home/src/app/node_modules/@fractura/nnunet/dist/chunk-AB12.js', 'beside a chunk of the built module'],
  [
    'file:///home/src/app/node_modules/@fractura/nnunet/src/training/start.ts',
    'in dist of a package run from its sources',
  ],
])('of %s it is %s', (moduleUrl) => {
  expect(builtProgram(moduleUrl, 'fold-process').href).toBe(
    'file:///home/src/app/node_modules/@fractura/nnunet/dist/fold-process.js',
  );
});

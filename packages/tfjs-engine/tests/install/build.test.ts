import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { compileBinding } from '../../src/install/build-binding.js';
import { tryBinding } from '../../src/install/try-binding.js';

const { CXX, LD_LIBRARY_PATH } = process.env;
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder('tfjs-engine-build-');
  await mkdir(join(folder, 'lib'));
});

afterEach(() => {
  for (const [name, value] of Object.entries({ CXX, LD_LIBRARY_PATH })) {
    if (value === undefined) {
      Reflect.deleteProperty(process.env, name);
    } else {
      process.env[name] = value;
    }
  }
});

test('a missing compiler is named, with the way to get one', async () => {
  process.env.CXX = 'no-such-compiler';
  await expect(compileBinding(folder)).rejects.toMatchObject({
    code: 'compiler-missing',
    message: expect.stringContaining('no-such-compiler') as unknown,
    remedy: expect.stringContaining('g++') as unknown,
  });
});

test('a compiler that fails is quoted', async () => {
  const compiler = join(folder, 'compiler');
  await writeFile(compiler, '#!/bin/sh\necho "fatal error: out of coffee" >&2; exit 4\n', { mode: 0o755 });
  process.env.CXX = compiler;
  await expect(compileBinding(folder)).rejects.toMatchObject({
    code: 'compiler-failed',
    message: expect.stringMatching(/out of coffee[^]*status 4/) as unknown,
  });
});

test('a library that does not load is told with what the loader says, and LD_LIBRARY_PATH is suspected', async () => {
  await writeFile(join(folder, 'tfjs_binding.node'), 'no library');
  process.env.LD_LIBRARY_PATH = '/opt/other/tensorflow';
  await expect(tryBinding(folder)).rejects.toMatchObject({
    code: 'library-unusable',
    message: expect.stringContaining('tfjs_binding.node') as unknown,
    remedy: expect.stringContaining('/opt/other/tensorflow') as unknown,
  });
});

import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { beforeEach, describe, expect, test } from '@jest/globals';

import { findInstalledBinding } from '../../src/engines/native/installed-binding.js';
import { describeCopies, findTfjsCopies } from '../../src/engines/tfjs-copies.js';
import { useEngine } from '../../src/index.js';

let folder: string;
const place = async (path: string, content: string) => {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), content);
};
const manifest = (name: string, version: string) => JSON.stringify({ name, version });

beforeEach(async () => {
  folder = await realpath(await temporaryFolder('tfjs-engine-presence-'));
  await place('package.json', '{}');
});

describe('a tfjs-node that the program has installed', () => {
  test('is taken when its own script has placed the library', async () => {
    const root = 'node_modules/@tensorflow/tfjs-node';
    await place(`${root}/package.json`, manifest('@tensorflow/tfjs-node', '4.22.0'));
    expect(findInstalledBinding(join(folder, 'package.json'))).toBeUndefined();
    await place(`${root}/lib/napi-v8/tfjs_binding.node`, '');
    expect(findInstalledBinding(join(folder, 'package.json'))).toEqual({
      binding: join(folder, root, 'lib/napi-v8/tfjs_binding.node'),
      dist: join(folder, root, 'dist'),
      origin: '@tensorflow/tfjs-node 4.22.0',
    });
  });
});

describe('copies of TensorFlow.js', () => {
  test('there is one in this workspace', () => {
    expect(findTfjsCopies()).toHaveLength(1);
    expect(describeCopies(findTfjsCopies())).toBeUndefined();
  });

  test("a second one of the program's own is named with its version and place", async () => {
    await place('node_modules/@tensorflow/tfjs/package.json', manifest('@tensorflow/tfjs', '4.20.0'));
    await place('node_modules/@tensorflow/tfjs-core/package.json', manifest('@tensorflow/tfjs-core', '4.20.0'));
    const copies = findTfjsCopies(join(folder, 'package.json'));
    expect(copies).toHaveLength(2);
    const words = describeCopies(copies);
    expect(words).toContain(`4.20.0 in ${join(folder, 'node_modules/@tensorflow/tfjs-core')}`);
    expect(words).toContain('@tensorflow/tfjs of the program');
  });
});

describe('useEngine without a prepared engine', () => {
  test('passes the native engine over and says how to get it', async () => {
    const { name, passedOver } = await useEngine({ prefer: ['native', 'wasm'], cacheDirectory: folder });
    expect(name).toBe('wasm');
    expect(passedOver).toEqual([
      { engine: 'native', reason: expect.stringContaining('fractura engine install') as unknown },
    ]);
  });

  test('names a damaged one as the reason', async () => {
    await place(`native-${process.platform}-${process.arch}/manifest.json`, '{');
    const { passedOver } = await useEngine({ prefer: ['native', 'cpu'], cacheDirectory: folder });
    expect(passedOver[0]?.reason).toMatch(/damaged.*not JSON/);
  });
});

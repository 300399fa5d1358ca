import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

import { findPreparedEngine } from '../../src/index.js';
import { importOptional } from '../../src/imports/import-optional.js';

const script = fileURLToPath(new URL('../support/compute.cjs', import.meta.url));
const built = existsSync(fileURLToPath(new URL('../../dist/index.cjs', import.meta.url)));
/** Further Node binaries to try, separated by colons. */
const nodes = [process.execPath, ...(process.env.FRACTURA_TEST_NODES ?? '').split(':').filter(Boolean)];
/** Chromium's software GPU, so that WebGPU can be tried without a GPU. */
const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';
/** A folder where npm has installed `webgpu` and `@tensorflow/tfjs-backend-webgpu`, unless this workspace has them. */
const webgpuFolder = process.env.FRACTURA_TEST_WEBGPU;

interface Computed {
  name: string;
  node: string;
  own: number[];
  numbers: number[];
}

function compute(node: string, system: string, engine: string, extra: { cwd?: string; env?: object } = {}): Computed {
  const { stdout, stderr, status } = spawnSync(node, [script, system, engine], {
    encoding: 'utf8',
    cwd: extra.cwd,
    env: { ...process.env, NODE_OPTIONS: '', ...extra.env },
  });
  if (status !== 0) {
    throw new Error(`${engine} on ${node} ended with ${status}: ${stderr}`);
  }
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as Computed;
}

function expectSame(found: Computed, expected: Computed): void {
  expect(found.own).toEqual([4, 5]);
  expect(found.numbers).toHaveLength(expected.numbers.length);
  const scale = Math.max(...expected.numbers.map(Math.abs));
  const worst = Math.max(...found.numbers.map((value, i) => Math.abs(value - expected.numbers[i])));
  expect(worst / scale).toBeLessThan(1e-4);
}

const testBuilt = built ? test : test.skip;
const testNative = built && findPreparedEngine() ? test : test.skip;
const webgpuThere =
  built &&
  existsSync(swiftShader) &&
  (webgpuFolder !== undefined ||
    (await Promise.all([importOptional('webgpu'), importOptional('@tensorflow/tfjs-backend-webgpu')]).then(
      () => true,
      () => false,
    )));
const testWebgpu = webgpuThere ? test : test.skip;

describe.each(nodes)('a training step in plain Node (%s)', (node) => {
  testBuilt.each(['esm', 'cjs'])('wasm, package loaded as %s, equals cpu', (system) => {
    expectSame(compute(node, system, 'wasm'), compute(node, system, 'cpu'));
  });

  testNative.each(['esm', 'cjs'])('native (needs `fractura engine install`), loaded as %s, equals cpu', (system) => {
    const found = compute(node, system, 'native');
    expect(found.name).toBe('native');
    expectSame(found, compute(node, system, 'cpu'));
  });

  testWebgpu("webgpu (needs npm's webgpu and Chromium's SwiftShader) equals cpu", () => {
    const env = { VK_ICD_FILENAMES: swiftShader, LD_LIBRARY_PATH: '/usr/lib/chromium' };
    const cwd = webgpuFolder === undefined ? {} : { cwd: webgpuFolder };
    expectSame(compute(node, 'esm', 'webgpu', { ...cwd, env }), compute(node, 'esm', 'cpu'));
  });
});

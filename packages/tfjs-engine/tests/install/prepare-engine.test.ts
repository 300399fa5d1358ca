import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import {
  findPreparedEngine,
  uninstallEngine,
  type PrepareEngineOptions,
  type PrepareProgress,
} from '../../src/index.js';
import { checkCompiler } from '../../src/install/build-binding.js';
import { prepareWith } from '../../src/install/prepare-engine.js';
import { makeSurroundings, pipScript, type FakeSurroundings } from '../support/fake-surroundings.js';

const path = process.env.PATH;
let here: FakeSurroundings;

beforeEach(async () => {
  here = await makeSurroundings();
  process.env.PATH = here.tools;
});

afterEach(async () => {
  process.env.PATH = path;
  await rm(here.root, { recursive: true });
});

const prepare = (options: PrepareEngineOptions = {}) =>
  prepareWith(here.steps, { cacheDirectory: here.cache, ...options });
const pipCalls = async () => (await readFile(`${here.wheelFile}.calls`, 'utf8')).trim().split('\n').length;

describe('prepareEngine', () => {
  test('places libraries, kernels and binding, lists them with their hashes and removes the rest', async () => {
    const steps: PrepareProgress['step'][] = [];
    const { engine, reused } = await prepare({ onProgress: ({ step }) => steps.push(step) });
    expect(reused).toBe(false);
    expect(Object.keys(engine?.manifest.files ?? {})).toEqual([
      'lib/libtensorflow_cc.so.2',
      'lib/libtensorflow_framework.so.2',
      'package/dist/index.js',
      'package/package.json',
      'tfjs_binding.node',
    ]);
    expect(engine?.manifest).toMatchObject({ tensorflow: '1.0', binding: '1.0.0', sha256: here.wheel.sha256 });
    expect(await readdir(here.cache)).toEqual([`native-${process.platform}-${process.arch}`]);
    expect([...new Set(steps)]).toEqual(['package', 'download', 'unpack', 'compile', 'test']);
    expect(findPreparedEngine({ cacheDirectory: here.cache })).toEqual(engine);
  });

  test('takes what is prepared, and prepares it again when forced', async () => {
    await prepare();
    expect((await prepare()).reused).toBe(true);
    expect(await pipCalls()).toBe(1);
    expect((await prepare({ force: true })).reused).toBe(false);
    expect(await pipCalls()).toBe(2);
  });

  test('a dry run says what would be done, and writes nothing', async () => {
    const { engine, plan } = await prepare({ dryRun: true });
    expect(engine).toBeUndefined();
    expect(plan.join('\n')).toMatch(/tensorflow-fake 1\.0 with pip \(1 MB\), SHA-256 checked/);
    expect(existsSync(here.cache)).toBe(false);
  });

  test('several at once on one cache fetch once and all succeed', async () => {
    const results = await Promise.all([prepare(), prepare(), prepare()]);
    expect(results.map(({ reused }) => reused).sort()).toEqual([false, true, true]);
    for (const { reused, plan } of results) {
      if (reused) {
        expect(plan.join('\n')).toMatch(/^The native engine is prepared/);
      }
    }
    expect(await pipCalls()).toBe(1);
  });

  test('takes a wheel and a package given, without any tool of the network', async () => {
    await rm(join(here.tools, 'npm'));
    await rm(join(here.tools, 'python3'));
    const { engine } = await prepare({ wheel: here.wheelFile, package: here.packageFile });
    expect(engine?.manifest.source).toBe(here.wheelFile);
  });

  test('copies the TensorFlow that Python has installed, wherever it is not known to be published for', async () => {
    const { folder } = await here.installTensorflow();
    const noWheels = {
      ...here.steps,
      wheels: (): never => {
        throw new Error('no wheel');
      },
    };
    const { engine, plan } = await prepareWith(noWheels, { cacheDirectory: here.cache, installed: true });
    expect(plan.join('\n')).toContain(`Copy TensorFlow 2.5 from ${folder}`);
    expect(engine?.manifest).toMatchObject({ tensorflow: '2.5', source: folder, device: 'cpu' });
    expect(Object.keys(engine?.manifest.files ?? {})).toContain('lib/libtensorflow_cc.so.2');
    expect(existsSync(join(here.cache, 'downloads'))).toBe(false);
  });

  test("copies NVIDIA's libraries beside it for CUDA, and says so where there are none", async () => {
    const { packages } = await here.installTensorflow();
    const cuda = { installed: true, device: 'cuda' } as const;
    await expect(prepare(cuda)).rejects.toMatchObject({
      code: 'tensorflow-incomplete',
      message: expect.stringContaining(join(packages, 'nvidia')) as unknown,
    });
    await mkdir(join(packages, 'nvidia', 'cublas', 'lib'), { recursive: true });
    for (const name of ['libcublas.so.12', 'notes.txt']) {
      await writeFile(join(packages, 'nvidia', 'cublas', 'lib', name), name);
    }
    const { engine } = await prepare(cuda);
    expect(engine?.manifest.device).toBe('cuda');
    const files = Object.keys(engine?.manifest.files ?? {});
    expect(files.filter((name) => name.startsWith('nvidia/'))).toEqual(['nvidia/cublas/lib/libcublas.so.12']);
  });

  test('after a compiler that failed, the whole wheel on the disk serves the next call', async () => {
    const failing = { ...here.steps, compile: () => Promise.reject(new Error('no compiler')) };
    await expect(prepareWith(failing, { cacheDirectory: here.cache })).rejects.toThrow('no compiler');
    expect(findPreparedEngine({ cacheDirectory: here.cache })).toBeUndefined();
    expect(await readdir(here.cache)).toEqual(['downloads']);
    await prepare();
    expect(await pipCalls()).toBe(1);
  });

  test('half a wheel that a killed download left is fetched again', async () => {
    const failing = { ...here.steps, compile: () => Promise.reject(new Error('killed')) };
    await expect(prepareWith(failing, { cacheDirectory: here.cache })).rejects.toThrow('killed');
    const downloads = join(here.cache, 'downloads', here.wheel.sha256);
    const wheel = (await readdir(downloads)).find((name) => name.endsWith('.whl'));
    await truncate(join(downloads, wheel!), 100);
    await prepare();
    expect(await pipCalls()).toBe(2);
  });

  test('ends at once when interrupted, and the next call succeeds', async () => {
    await here.tool('python3', 'exec sleep 20');
    const controller = new AbortController();
    const running = prepare({
      signal: controller.signal,
      onProgress: ({ step }) => {
        if (step === 'download') {
          setTimeout(() => {
            controller.abort();
          }, 50);
        }
      },
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    await here.tool('python3', pipScript(here.wheelFile));
    expect((await prepare()).reused).toBe(false);
  });

  test('an engine with a file too short is called damaged, and can be prepared again', async () => {
    const { engine } = await prepare();
    await truncate(join(engine!.folder, 'tfjs_binding.node'), 1);
    await expect(prepare()).rejects.toMatchObject({ code: 'engine-damaged' });
    await prepare({ force: true });
    expect(findPreparedEngine({ cacheDirectory: here.cache })).toBeDefined();
  });

  test('uninstalling removes everything and says how much it was', async () => {
    await prepare();
    expect(await uninstallEngine({ cacheDirectory: here.cache })).toBeGreaterThan(50);
    expect(await readdir(here.cache)).toEqual([]);
    expect(await uninstallEngine({ cacheDirectory: here.cache })).toBe(0);
  });
});

describe('what stands in its way is said with a code and a remedy', () => {
  const missing = (name: string) => () => rm(join(here.tools, name));
  const broken = (name: string, script: string) => () => here.tool(name, script);
  const pip = (words: string) => broken('python3', `echo "${words}" >&2; exit 1`);

  test.each<[string, string, () => Promise<void>]>([
    ['no npm', 'npm-missing', missing('npm')],
    ['npm without a network', 'npm-failed', broken('npm', 'echo ENOTFOUND >&2; exit 1')],
    ['npm that fetches another package', 'package-hash', broken('npm', 'echo other > other.tgz')],
    ['no tar', 'tar-missing', missing('tar')],
    ['no Python', 'python-missing', missing('python3')],
    ['no pip', 'pip-missing', pip('/usr/bin/python3: No module named pip')],
    ['pip without a network', 'download-failed', pip('Could not find a version that satisfies the requirement')],
    ['pip that finds another hash', 'wheel-hash', pip('ERROR: THESE PACKAGES DO NOT MATCH THE HASHES')],
    ['pip on a full disk', 'no-space', pip('OSError: [Errno 28] No space left on device')],
    [
      'npm on a full disk',
      'no-space',
      broken('npm', 'echo npm error nospc ENOSPC: no space left on device >&2; exit 1'),
    ],
    ['pip that fetches nothing', 'download-failed', broken('python3', 'exit 0')],
  ])('%s: %s', async (_, code, spoil) => {
    await spoil();
    await expect(prepare()).rejects.toMatchObject({ code, remedy: expect.stringMatching(/\w/) as unknown });
    expect(findPreparedEngine({ cacheDirectory: here.cache })).toBeUndefined();
    expect(existsSync(join(here.cache, 'native.lock'))).toBe(false);
  });

  test('pip that fetches another file: wheel-hash, with both hashes', async () => {
    await writeFile(here.wheelFile, 'another file');
    await expect(prepare()).rejects.toMatchObject({
      code: 'wheel-hash',
      message: expect.stringContaining(here.wheel.sha256) as unknown,
    });
  });

  test('a wheel given that is not there: wheel-missing', async () => {
    await expect(prepare({ wheel: join(here.root, 'none.whl') })).rejects.toMatchObject({ code: 'wheel-missing' });
  });

  test('half a wheel given: wheel-hash', async () => {
    await truncate(here.wheelFile, 100);
    await expect(prepare({ wheel: here.wheelFile })).rejects.toMatchObject({ code: 'wheel-hash' });
  });

  test('a disk too small: no-space, before anything is fetched', async () => {
    const huge = { ...here.steps, wheels: () => [{ ...here.wheel, installedMb: 1e12 }] };
    await expect(prepareWith(huge, { cacheDirectory: here.cache })).rejects.toMatchObject({ code: 'no-space' });
    expect(existsSync(`${here.wheelFile}.calls`)).toBe(false);
  });

  test('no compiler: compiler-missing, before anything is fetched', async () => {
    const none = { ...here.steps, checkCompiler: () => checkCompiler() };
    await expect(prepareWith(none, { cacheDirectory: here.cache })).rejects.toMatchObject({ code: 'compiler-missing' });
    expect(existsSync(`${here.wheelFile}.calls`)).toBe(false);
  });

  test('a cache that cannot be written, such as a file in its place: cache-unwritable', async () => {
    await writeFile(here.cache, '');
    await expect(prepare()).rejects.toMatchObject({
      code: 'cache-unwritable',
      message: expect.stringContaining(here.cache) as unknown,
    });
  });

  test('a Python that has no TensorFlow to copy: tensorflow-missing', async () => {
    await here.tool('python3', 'echo null');
    await expect(prepare({ installed: true })).rejects.toMatchObject({ code: 'tensorflow-missing' });
  });
});

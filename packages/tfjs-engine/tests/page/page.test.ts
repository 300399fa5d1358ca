import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath, testWithChromium } from '@fractura/testing/chromium';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

interface Computed {
  name: string;
  passedOver: { engine: string; reason: string }[];
  numbers: number[];
}

/** As a page's bundler does: by the package's `browser` entry. It fails where a module of Node is imported. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'compute-in-page.js')],
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    legalComments: 'none',
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

describe('in a web page', () => {
  let script: string;
  let browser: Browser | undefined;
  let page: Page;

  beforeAll(async () => {
    script = await bundle();
    if (chromiumPath === undefined) {
      return;
    }
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
    });
    page = await browser.newPage();
    // Browsers give WebGPU to localhost as to a page served securely.
    await page.route('http://localhost/**', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/page.js') {
        return route.fulfill({ contentType: 'text/javascript', body: script });
      }
      if (pathname.startsWith('/wasm/')) {
        return route.fulfill({ path: join(wasmFolder, pathname.slice(6)) });
      }
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><script src="/page.js"></script>' });
    });
    await page.goto('http://localhost/');
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
  });

  const compute = (prefer: string | string[]) => page.evaluate<Computed>(`compute(${JSON.stringify(prefer)})`);

  test('the package bundles for a browser, without what prepares engines', () => {
    expect(script).toContain('no WebGPU');
    expect(script).not.toContain('tfjs_binding');
  });

  testWithChromium.each(['wasm', 'webgpu'])(
    'a training step on %s equals that on the CPU (skipped where no Chromium is on the PATH)',
    async (engine) => {
      const expected = await compute('cpu');
      const { name, passedOver, numbers } = await compute([engine, 'cpu']);
      expect({ name, passedOver }).toEqual({ name: engine, passedOver: [] });
      expect(numbers.length).toBe(expected.numbers.length);
      const largest = Math.max(...expected.numbers.map(Math.abs));
      const off = numbers.map((value, i) => Math.abs(value - expected.numbers[i]) / largest);
      expect(Math.max(...off)).toBeLessThan(1e-4);
    },
    120_000,
  );

  testWithChromium('an engine that a page cannot have is named with those that it can', async () => {
    await expect(compute('native')).rejects.toThrow(/no engine "native".*/);
  });
});

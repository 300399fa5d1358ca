import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromiumPath, testWithChromium } from '@fractura/testing/chromium';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { decodeDicom, type RadiographError } from '../../src/page.js';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const files = readdirSync(pathOf('../fixtures/dicom/files'));
const bytesOf = (file: string) => readFileSync(pathOf(`../fixtures/dicom/files/${file}`));

/** What a page that lets nothing foreign in says; WebAssembly is for the luma of colours. */
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:";

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [pathOf('decode-in-page.js')],
    conditions: ['@fractura/source'],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    // What codecs ask for in Node alone.
    external: ['fs', 'path'],
    logLevel: 'silent',
  });
  return outputFiles[0].text;
}

/** What the same code says in Node. */
async function decodeInNode(file: string) {
  try {
    const { data, ...radiograph } = await decodeDicom(bytesOf(file), { name: file });
    const sha256 = createHash('sha256')
      .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
      .digest('hex');
    return { ...radiograph, type: data.constructor.name, sha256 };
  } catch (error) {
    const { code, message } = error as RadiographError;
    return { code, message };
  }
}

describe('in a web page', () => {
  let script: string;
  let browser: Browser | undefined;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    script = await bundle();
    if (chromiumPath === undefined) {
      return;
    }
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on('console', (message) => faults.push(message.text()));
    await page.route('**', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/page.js') {
        return route.fulfill({ contentType: 'text/javascript', body: script });
      }
      if (pathname.startsWith('/files/')) {
        return route.fulfill({ body: bytesOf(decodeURIComponent(pathname.slice(7))) });
      }
      return route.fulfill({
        contentType: 'text/html',
        headers: { 'content-security-policy': policy },
        body: '<!doctype html><link rel="icon" href="data:,"><script src="/page.js"></script>',
      });
    });
    await page.goto('http://localhost/');
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
  });

  test('no module of Node and no sharp is bundled', () => {
    expect(script).not.toMatch(/require\("(?:node:|sharp|zlib)/);
    expect(script).not.toMatch(/from ?"(?:node:|sharp)/);
  });

  testWithChromium(
    'every DICOM file is read as in Node (skipped where no Chromium is on the PATH)',
    async () => {
      for (const file of files) {
        const decoded = await page.evaluate<unknown>(`decode(${JSON.stringify(file)})`);
        expect({ file, decoded }).toEqual({
          file,
          decoded: JSON.parse(JSON.stringify(await decodeInNode(file))) as unknown,
        });
      }
      expect(faults).toEqual([]);
    },
    600_000,
  );
});

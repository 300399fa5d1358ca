import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from './chromium.js';

export { testWithChromium } from './chromium.js';

/** A page in Chromium, and what it did that a user does not see. */
export interface WatchedPage {
  page: Page;
  browser: Browser;
  /** Messages on the console and errors of scripts. */
  messages: string[];
  /** Addresses that were requested since the page was ready. */
  requests: string[];
}

/** Opens an address and waits until its model is loaded; undefined where there is no Chromium. */
export async function openPage(url: string, args: readonly string[] = []): Promise<WatchedPage | undefined> {
  if (chromiumPath === undefined) {
    return undefined;
  }
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', ...args] });
  try {
    return await openIn(browser, url);
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function openIn(browser: Browser, url: string): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const [messages, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  await page.goto(url, { timeout: 100_000 });
  await page.waitForFunction(() => document.documentElement.dataset.ready, undefined, { timeout: 100_000 });
  page.setDefaultTimeout(60_000);
  page.on('request', (request) => requests.push(request.url()));
  return { page, browser, messages, requests };
}

/** A file in memory, as the page's input takes it. */
export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Gives files to the page, and waits until so many films are predicted or refused. */
export async function giveFiles(page: Page, files: TestFile[], settled: number): Promise<void> {
  await page.setInputFiles('#files', files);
  await waitUntilSettled(page, settled);
}

/** Waits until so many films are predicted or refused. */
export async function waitUntilSettled(page: Page, settled: number): Promise<void> {
  await page.waitForFunction(
    (count) => document.querySelectorAll('#queue .done, #queue .failed').length === count,
    settled,
    { timeout: 60_000 },
  );
}

/** Drops files on the page, as a user does. */
export async function dropFiles(page: Page, files: TestFile[]): Promise<void> {
  await page.evaluate(
    (dropped) => {
      const dataTransfer = new DataTransfer();
      for (const { name, type, base64 } of dropped) {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        dataTransfer.items.add(new File([bytes], name, { type }));
      }
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    },
    files.map(({ name, mimeType: type, buffer }) => ({ name, type, base64: buffer.toString('base64') })),
  );
}

/** Chooses the last film of the list, and waits until it is predicted or refused. */
export async function chooseLast(page: Page): Promise<void> {
  await page.locator('#queue button').last().click();
  await page.waitForFunction(
    () => document.querySelector('#save-mask:enabled') !== null || document.querySelector('#status.failed') !== null,
  );
}

/** The content of the file that a button saves. */
export async function saved(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(button)]);
  return readFile(await download.path());
}

/** Requests of a page since it was ready that left it: others are for what is in its memory. */
export const foreignRequests = ({ requests }: WatchedPage): string[] =>
  requests.filter((url) => !/^(blob|data):/.test(url));

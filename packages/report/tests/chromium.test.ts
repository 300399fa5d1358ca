import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '@fractura/testing';
import { chromiumPath, testWithChromium } from '@fractura/testing/chromium';
import { expect } from '@jest/globals';
import { chromium } from 'playwright-core';

import { renderReport } from '../src/index.js';
import { sampleReport } from './sample-report.js';

testWithChromium(
  'Chromium shows the page whole, without errors (skipped where no Chromium is on the PATH)',
  async () => {
    const folder = await temporaryFolder('fractura-report-');
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    try {
      const file = join(folder, 'report.html');
      await writeFile(file, renderReport(sampleReport()));
      const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => faults.push(message.text()));
      page.on('request', (request) => {
        if (!/^(file|data):/.test(request.url())) {
          faults.push(request.url());
        }
      });
      await page.goto(pathToFileURL(file).href);
      await page.screenshot({ path: process.env.FRACTURA_SCREENSHOT ?? join(folder, 'report.png'), fullPage: true });
      expect(faults).toEqual([]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
      expect(await page.locator('.example svg image').count()).toBe(6);
    } finally {
      await browser.close();
    }
  },
  60_000,
);

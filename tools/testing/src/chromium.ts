import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from '@jest/globals';

/** The program of a Chromium on the PATH; undefined where there is none. */
export const chromiumPath = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
  .find((file) => existsSync(file));

/** A test that is skipped where no Chromium is on the PATH. */
export const testWithChromium: typeof test.skip = chromiumPath === undefined ? test.skip : test;

import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach } from '@jest/globals';

const made: string[] = [];

/**
 * A new empty folder, which goes away after the tests of the file.
 *
 * @param prefix how its name begins.
 */
export async function temporaryFolder(prefix = 'fractura-'): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), prefix)));
  made.push(folder);
  return folder;
}

/**
 * Makes a folder before each test of a file and removes it afterwards.
 *
 * @returns gives the path of a name in it.
 */
export function useTemporaryFolder(prefix = 'fractura-'): (name: string) => string {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), prefix));
  });
  afterEach(() => rm(folder, { recursive: true }));
  return (name) => join(folder, name);
}

afterAll(async () => {
  for (const folder of made.splice(0)) {
    await rm(folder, { recursive: true, force: true });
  }
});

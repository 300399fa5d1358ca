import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

/** A new empty folder that goes away after the tests of the file. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fracatlas-loader-'));
  made.push(folder);
  return folder;
}

afterAll(async () => {
  for (const folder of made) {
    await rm(folder, { recursive: true, force: true });
  }
});

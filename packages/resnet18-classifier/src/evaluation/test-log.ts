import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readTextFile, writeFileBeside } from '@fractura/array-files';

/** One time that the test images were judged. */
export interface TestUse {
  at: string;
  images: number;
  accuracy: number;
  auc?: number | undefined;
}

const logName = 'test-evaluations.json';

/**
 * Writes down in a training's folder that its test images were judged, and says how often they were before: figures that were looked
 * at more than once while choosing are no longer those of images never seen.
 *
 * @param model a training's folder; nothing is written for a checkpoint alone
 * @returns the earlier times
 */
export async function recordTestUse(model: string, use: TestUse): Promise<TestUse[]> {
  if (!(statSync(model, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    return [];
  }
  const file = join(model, logName);
  const text = await readTextFile(file).catch(() => '[]');
  const earlier = JSON.parse(text) as TestUse[];
  await writeFileBeside(file, `${JSON.stringify([...earlier, use], undefined, 2)}\n`);
  return earlier;
}

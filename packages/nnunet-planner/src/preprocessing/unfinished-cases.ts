import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { caseFiles } from './case-files.js';
import type { PreprocessingPlan } from './preprocess-image.js';

/** Names the plan that the cases of a folder were preprocessed by. */
const recipeFile = 'preprocessed-by';

/** Raised when the same plan gives other arrays. */
const recipeVersion = 1;

/**
 * The cases of a folder that are still to be preprocessed. A folder made by another plan is emptied first, and files that
 * belong to no case that is done are removed.
 *
 * A case is done when its properties, which are written last, are younger than the last change of each of its raw files.
 */
export async function unfinishedCases(
  folder: string,
  cases: readonly DatasetCase[],
  plan: PreprocessingPlan,
): Promise<DatasetCase[]> {
  const recipe = recipeOf(plan);
  const before = await readFile(join(folder, recipeFile), 'utf8').catch(() => undefined);
  if (before !== recipe) {
    await rm(folder, { recursive: true, force: true });
    await makeFolder(folder);
    await writeFileBeside(join(folder, recipeFile), recipe);
    return [...cases];
  }
  const unfinished: DatasetCase[] = [];
  const kept = new Set([recipeFile]);
  for (const rawCase of cases) {
    if (await isDone(folder, rawCase)) {
      for (const file of caseFiles(rawCase.id).all) {
        kept.add(file);
      }
    } else {
      unfinished.push(rawCase);
    }
  }
  for (const name of await readdir(folder)) {
    if (!kept.has(name)) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
  return unfinished;
}

function recipeOf({ plans, configuration, datasetJson }: PreprocessingPlan): string {
  const { labels, channel_names, regions_class_order } = datasetJson;
  const content = JSON.stringify([recipeVersion, plans, configuration, labels, channel_names, regions_class_order]);
  return createHash('sha256').update(content).digest('hex');
}

async function isDone(folder: string, { id, images, label }: DatasetCase): Promise<boolean> {
  const times = await Promise.all(
    [join(folder, caseFiles(id).properties), ...images, label].map((file) =>
      stat(file).then(
        ({ ctimeMs, mtimeMs }) => Math.max(ctimeMs, mtimeMs),
        () => undefined,
      ),
    ),
  );
  const [done, ...raw] = times;
  return done !== undefined && raw.every((time) => time !== undefined && time < done);
}

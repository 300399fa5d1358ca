import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import { isMissing } from '@fractura/errors';
import type { DatasetCase } from '../dataset/read-dataset.js';
import { NnunetPlannerError } from '../errors.js';
import { caseFiles } from './case-files.js';
import type { PreprocessingPlan } from './preprocess-image.js';

/** Marks a folder as this package's, and names the plan that the cases of a folder were preprocessed by. */
const recipeFile = 'preprocessed-by';

/** Raised when the same plan gives other arrays. */
const recipeVersion = 1;

/** What this package writes into the folder, also what a killed run leaves of it. */
const ownFile = /\.(npy|json)(\.[0-9a-f]+\.tmp)?$|^preprocessed-by(\.[0-9a-f]+\.tmp)?$/;

/**
 * The cases of a folder that are still to be preprocessed. Of a folder made by another plan all cases are removed first, else
 * those that are not done or not asked for. Only what this package wrote is removed: a folder with anything else in it, such as
 * what nnU-Net itself preprocessed, is refused and left as it is. Hidden files are passed over.
 *
 * A case is done when its properties, which are written last, are younger than the last change of each of its raw files.
 *
 * @throws NnunetPlannerError `folder-foreign`
 */
export async function unfinishedCases(
  folder: string,
  cases: readonly DatasetCase[],
  plan: PreprocessingPlan,
): Promise<DatasetCase[]> {
  const recipe = recipeOf(plan);
  const before = await readFile(join(folder, recipeFile), 'utf8').catch(() => undefined);
  const present = await entriesOf(folder, before !== undefined);
  const unfinished: DatasetCase[] = [];
  const kept = new Set([recipeFile]);
  for (const rawCase of cases) {
    if (before === recipe && (await isDone(folder, rawCase))) {
      for (const file of caseFiles(rawCase.id).all) {
        kept.add(file);
      }
    } else {
      unfinished.push(rawCase);
    }
  }
  for (const name of present) {
    if (!kept.has(name)) {
      await rm(join(folder, name), { force: true });
    }
  }
  if (before !== recipe) {
    await makeFolder(folder);
    await writeFileBeside(join(folder, recipeFile), recipe);
  }
  return unfinished;
}

/** The names in the folder, all of them this package's. */
async function entriesOf(folder: string, isMarked: boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  });
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  const foreign = shown.find((entry) => !isMarked || !entry.isFile() || !ownFile.test(entry.name));
  if (foreign === undefined) {
    return shown.map(({ name }) => name);
  }
  throw new NnunetPlannerError(`${folder} holds ${foreign.name}, which Fractura did not write.`, {
    code: 'folder-foreign',
    remedy:
      'Move or remove the folder yourself, or preprocess into another one (--preprocessed, or another data_identifier in the plans).',
  });
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

import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder, writeFileBeside } from '@fractura/array-files';
import { checkViewerModel, viewerModelFile, type ViewerModel } from '../model/viewer-model.js';
import { pageAssets } from './page-assets.js';
import { pageFilesName, type PageFiles } from './page-files.js';

/** A page's model, and where the page goes. */
export interface WritePageOptions {
  folder: string;
  model: ViewerModel;
  /** Files to copy into the folder: the model's worker, and what it loads. */
  copies: readonly string[];
  /** The model's files that are in the folder already, as paths below it with `/` between folders. */
  written: readonly string[];
  /** Lets browsers keep the files, so that the page works without its server. */
  offline: boolean;
}

/**
 * Writes a page of static files, which any web server may serve: the viewer, the model's description and its worker.
 *
 * @returns the file to open, `index.html`.
 * @throws ViewerError `page-not-built`, `model-invalid`; ArrayFilesError `file-unwritable`
 */
export async function writePage({ folder, model, copies, written, offline }: WritePageOptions): Promise<string> {
  checkViewerModel(model);
  const assets = await pageAssets();
  await makeFolder(folder);
  const files = new Map<string, Uint8Array>([
    [viewerModelFile, Buffer.from(`${JSON.stringify(model, undefined, 2)}\n`)],
  ]);
  for (const path of copies) {
    files.set(basename(path), await readFile(path));
  }
  for (const name of assets.names) {
    files.set(name, await readFile(join(assets.folder, name)));
  }
  for (const [name, bytes] of files) {
    await makeFolder(dirname(join(folder, name)));
    await writeFileBeside(join(folder, name), bytes);
  }
  const list: PageFiles = { offline, files: [...files.keys(), ...written].sort() };
  // Last, so that a folder with the list is complete.
  await writeFileBeside(join(folder, pageFilesName), `${JSON.stringify(list, undefined, 2)}\n`);
  return join(folder, 'index.html');
}

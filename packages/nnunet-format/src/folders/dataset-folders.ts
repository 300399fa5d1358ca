import { join } from 'node:path';
import { checkArguments, rule } from '@fractura/errors';
import { datasetName } from './dataset-name.js';
import { type FolderKind, nnunetFolder, type NnunetFolders, nnunetFoldersRule } from './nnunet-folders.js';
import { NnunetFormatError } from '../errors.js';

/** A data set's name and its own folders in the base folders that were asked for. */
export type DatasetFolders<Kind extends FolderKind> = { name: string } & Record<Kind, string>;

/**
 * The places of a data set in nnU-Net's folders; only those that are asked for must be known.
 *
 * @param dataset number, or name such as `Dataset921_FracAtlas`.
 * @throws NnunetFormatError `folder-unknown`, `dataset-unknown`, `dataset-ambiguous`
 */
export async function datasetFolders<Kind extends FolderKind>(
  dataset: string,
  folders: NnunetFolders,
  needed: readonly Kind[],
): Promise<DatasetFolders<Kind>> {
  checkArguments({ dataset, folders, needed }, datasetFoldersArguments, NnunetFormatError);
  const bases = needed.map((kind) => nnunetFolder(kind, folders));
  const name = await datasetName(dataset, bases);
  const places = Object.fromEntries(needed.map((kind, i) => [kind, join(bases[i], name)])) as Record<Kind, string>;
  return { name, ...places };
}

const datasetFoldersArguments = {
  dataset: rule.text,
  folders: nnunetFoldersRule,
  needed: rule.listOf(rule.oneOf(['raw', 'preprocessed', 'results'])),
};

import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  checkPathBelow,
  extractZipEntry,
  joinInside,
  listZip,
  makeFolder,
  openByteRanges,
  refuseOverwrite,
  type ZipEntry,
} from '@fractura/array-files';
import { parseModelName } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';
import { completeReporting, type Reporting } from '../reporting.js';

/** Which zip to install, and where. */
export interface InstallModelFromZipOptions extends Reporting {
  /** A zip of nnU-Net's layout, `Dataset921_Name/TRAINER__PLANS__CONFIGURATION/...`. */
  zip: string;
  /** Folder of results. */
  results: string;
  /** Replace files that are there already (default false: they are refused). */
  overwrite?: boolean;
}

/**
 * Unpacks trained models, nnU-Net's or ours, into the folder of results. Every name is checked before the first file is written,
 * and all are unpacked beside their places before the first is put there.
 *
 * @returns the model folders.
 * @throws NnunetError `zip-not-model`, `zip-too-large`, `model-present`; ArrayFilesError `unsafe-name`, `invalid-zip`,
 *   `output-is-input`, `file-not-found`, `file-unwritable`.
 * @see nnU-Net: nnunetv2/model_sharing/model_import.py, install_model_from_zip_file, which unpacks whatever there is
 */
export async function installModelFromZip(options: InstallModelFromZipOptions): Promise<string[]> {
  const { zip, results, overwrite = false } = options;
  const { progress, signal } = completeReporting(options);
  const members = await membersOf(zip);
  const places = members.map(({ path }) => joinInside(results, path));
  await refuseOverwrite({ inputs: [zip], outputs: places });
  refuseReplacing(places, overwrite);
  await makeFolder(results);
  await requireRoom(zip, members, results);
  const unpacked = await mkdtemp(join(results, '.installing-'));
  const task = progress('Unpacking');
  try {
    for (const [done, { entry, path }] of members.entries()) {
      signal.throwIfAborted();
      task.update({ done, total: members.length, note: path });
      await makeFolder(dirname(join(unpacked, path)));
      await extractZipEntry(zip, entry, join(unpacked, path), { signal });
    }
    for (const [i, { path }] of members.entries()) {
      await makeFolder(dirname(places[i]));
      await rename(join(unpacked, path), places[i]);
    }
    task.finish();
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
  return modelsAmong(members).map((model) => join(results, model));
}

interface Member {
  entry: ZipEntry;
  /** Its name with the separators of this system. */
  path: string;
}

/** The files of the archive but what macOS adds. @throws NnunetError `zip-not-model` */
async function membersOf(zip: string): Promise<Member[]> {
  const source = await openByteRanges(zip);
  let entries: ZipEntry[];
  try {
    entries = await listZip(source);
  } finally {
    await source.close();
  }
  const members: Member[] = [];
  const known = new Set<string>();
  for (const entry of entries) {
    const parts = checkPathBelow(entry.name, { of: `A member of ${zip}` }).split(/[\\/]/);
    const isFolder = parts.at(-1) === '';
    if (isFolder || parts[0] === '__MACOSX' || parts.at(-1)!.startsWith('.')) {
      continue;
    }
    if (!/^Dataset\d{3,}_./.test(parts[0]) || parts.length < 2) {
      throw notModel(zip, `its member ${entry.name} does not lie in a folder such as Dataset921_Name`);
    }
    const path = join(...parts);
    if (known.has(path.toLowerCase())) {
      throw notModel(zip, `its member ${entry.name} is there twice`);
    }
    known.add(path.toLowerCase());
    members.push({ entry, path });
  }
  if (modelsAmong(members).length === 0) {
    throw notModel(zip, 'it holds no plans.json in a folder such as nnUNetTrainer__nnUNetPlans__2d');
  }
  return members;
}

const notModel = (zip: string, what: string) =>
  new NnunetError(`${zip} is not a model that nnU-Net exported: ${what}.`, {
    code: 'zip-not-model',
    remedy: 'Unzip it yourself and give predict the folder that holds plans.json and fold_0 with -m.',
  });

/** The folders of models, by their plans.json. */
const modelsAmong = (members: readonly Member[]): string[] =>
  members
    .filter(({ path }) => /^[^\\/]+[\\/][^\\/]+[\\/]plans\.json$/.test(path))
    .map(({ path }) => dirname(path))
    .filter((folder) => parseModelName(folder) !== undefined);

function refuseReplacing(places: readonly string[], overwrite: boolean): void {
  const taken = overwrite ? undefined : places.find((place) => existsSync(place));
  if (taken !== undefined) {
    throw new NnunetError(`${taken} is there already.`, {
      code: 'model-present',
      remedy: 'Replace its files with --overwrite, or install into another folder of results.',
    });
  }
}

/** @throws NnunetError `zip-too-large` */
async function requireRoom(zip: string, members: readonly Member[], folder: string): Promise<void> {
  const needed = members.reduce((sum, { entry }) => sum + entry.size, 0);
  const { bavail, bsize } = await statfs(folder);
  if (needed > bavail * bsize) {
    const [wanted, free] = [needed, bavail * bsize].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`);
    throw new NnunetError(`${zip} unpacks to ${wanted}; ${folder} has room for ${free}.`, {
      code: 'zip-too-large',
      remedy: 'Make room, or install into a folder of results on another disk.',
    });
  }
}

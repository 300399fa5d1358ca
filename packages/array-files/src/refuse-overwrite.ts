import { realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { ArrayFilesError } from './errors.js';

/** What a task reads, and what it is about to write. */
export interface OverwriteCheck {
  /** Files and folders that are read; what is not there is passed over. */
  inputs: readonly (string | undefined)[];
  /** Files that will be written or replaced. */
  outputs?: readonly (string | undefined)[];
  /** Folders that the task fills, so that nothing it reads may lie in them. */
  folders?: readonly (string | undefined)[];
}

/**
 * Refuses to write over what is read. Files are the same where they are one file on the disk, whatever their names: symbolic
 * links, hard links, other spellings. To be called before the first file is written.
 *
 * @throws ArrayFilesError `output-is-input`, which names both.
 */
export async function refuseOverwrite({ inputs, outputs = [], folders = [] }: OverwriteCheck): Promise<void> {
  const inputOf = new Map<string, string>();
  const placeOf = new Map<string, string>();
  for (const input of inputs) {
    for (const identity of await identitiesOf(input)) {
      inputOf.set(identity, input!);
    }
    const place = input === undefined ? undefined : await placed(input);
    if (place !== undefined) {
      placeOf.set(place, input!);
    }
  }
  for (const output of [...outputs, ...folders]) {
    const identity = (await identitiesOf(output)).find((each) => inputOf.has(each));
    if (identity !== undefined) {
      throw refused(output!, inputOf.get(identity)!);
    }
  }
  for (const folder of folders) {
    const outer = folder === undefined ? undefined : await placed(folder);
    const inner = [...placeOf.keys()].find((place) => outer !== undefined && place.startsWith(`${outer}${sep}`));
    if (inner !== undefined) {
      throw refused(folder!, placeOf.get(inner)!);
    }
  }
}

/** What says that two names are of one file: its number on its disk, and its real path, for disks without numbers. */
async function identitiesOf(path: string | undefined): Promise<string[]> {
  const found = path === undefined ? undefined : await stat(path, { bigint: true }).catch(() => undefined);
  if (path === undefined || found === undefined) {
    return [];
  }
  const numbers = found.ino === 0n ? [] : [`${found.dev}:${found.ino}`];
  return [...numbers, (await placed(path)) ?? resolve(path)];
}

const placed = (path: string): Promise<string | undefined> => realpath(path).catch(() => undefined);

function refused(output: string, input: string): ArrayFilesError {
  const what = output === input ? 'it is read, too' : `${input}, which is read, is the same or lies in it`;
  return new ArrayFilesError(`${output} is not written: ${what}.`, {
    code: 'output-is-input',
    remedy: 'Choose another place for the output.',
  });
}

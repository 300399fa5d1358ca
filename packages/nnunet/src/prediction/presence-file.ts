import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { writeFileBeside } from '@fractura/array-files';
import { joinPath } from '@fractura/python-compat';
import { NnunetError } from '../errors.js';
import type { Presence } from './presence-of.js';

/** What a prediction says of each case as a whole. */
type PresenceByCase = Record<string, Presence>;

/** Where it goes, and what of earlier work is kept. */
export interface PresenceFileOptions {
  folder: string;
  /** Keep what is there already. */
  continuePrediction: boolean;
  /** Shares of several commands go to files of their own, so that none writes over another's. */
  parts?: number;
  part?: number;
}

/** `presence.json` of a folder of predictions. */
export interface PresenceFile {
  /** Writes what is known of the cases so far, with this one. */
  add: (id: string, presence: Presence) => Promise<void>;
}

/**
 * Opens the `presence.json` of a folder of predictions, or `presence_part_K_of_N.json` of a share of the cases. Nothing is written
 * before the first case is added.
 *
 * @throws NnunetError `presence-invalid`
 */
export async function openPresenceFile({
  folder,
  continuePrediction,
  parts = 1,
  part = 0,
}: PresenceFileOptions): Promise<PresenceFile> {
  const file = joinPath(folder, parts === 1 ? 'presence.json' : `presence_part_${part}_of_${parts}.json`);
  const known = continuePrediction && existsSync(file) ? await readPresence(file) : {};
  return {
    add: async (id, presence) => {
      known[id] = presence;
      await writeFileBeside(file, `${JSON.stringify(known, undefined, 2)}\n`);
    },
  };
}

async function readPresence(file: string): Promise<PresenceByCase> {
  try {
    const known: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof known === 'object' && known !== null && !Array.isArray(known)) {
      return known as PresenceByCase;
    }
  } catch (cause) {
    throw invalid(file, cause);
  }
  throw invalid(file);
}

const invalid = (file: string, cause?: unknown) =>
  new NnunetError(`${file} is no JSON object of cases.`, {
    code: 'presence-invalid',
    remedy: 'Remove it and predict the folder again, without --continue_prediction.',
    cause,
  });

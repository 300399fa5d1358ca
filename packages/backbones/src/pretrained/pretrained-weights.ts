import { existsSync } from 'node:fs';
import { checkFileHash } from '@fractura/pinned-downloads';
import type { StateDict } from '@fractura/tfjs-training';
import { readWeights } from '@fractura/tfjs-training/checkpoints';
import { BackbonesError } from '../errors.js';
import { publishedWeights, publishedWeightsOf, type PublishedWeights } from './published-weights.js';
import { weightsFile } from './weights-file.js';

export interface CacheOptions {
  /** Such as `cacheDirectoryOf(process.env)` of `@fractura/pinned-downloads` gives it. */
  cacheDirectory: string;
}

/**
 * The published weights of a backbone out of the user's cache, where {@link fetchWeights} has put them; nothing is fetched. The file's
 * hash is checked, and its pickle is read without executing it.
 *
 * @returns the whole `state_dict` with the head; undefined where it was not fetched, or is not published
 * @throws PinnedDownloadsError `file-hash`; TorchWeightsError for a damaged file
 */
export async function pretrainedWeights(
  name: string,
  { cacheDirectory }: CacheOptions,
): Promise<StateDict | undefined> {
  const weights = publishedWeights.find((each) => each.name === name);
  const file = weights && weightsFile(cacheDirectory, weights);
  if (file === undefined || !existsSync(file)) {
    return undefined;
  }
  await checkFileHash(file, weights!.sha256);
  return readWeights(file);
}

/**
 * As {@link pretrainedWeights}, where there is no going on without them.
 *
 * @throws BackbonesError `weights-unpublished`; `weights-not-fetched`, with the command as remedy
 */
export async function requirePretrainedWeights(name: string, options: CacheOptions): Promise<StateDict> {
  publishedWeightsOf(name);
  const weights = await pretrainedWeights(name, options);
  if (weights !== undefined) {
    return weights;
  }
  throw new BackbonesError(`The weights of ${name} are not on this machine.`, {
    code: 'weights-not-fetched',
    remedy: `Fetch them once: fractura weights fetch ${name}.`,
  });
}

/** Published weights, and the file where they are in the cache. */
export interface ListedWeights extends PublishedWeights {
  cached?: string;
}

/** All that is published, with what is in the cache. */
export function listWeights({ cacheDirectory }: CacheOptions): ListedWeights[] {
  return publishedWeights.map((weights) => {
    const file = weightsFile(cacheDirectory, weights);
    return existsSync(file) ? { ...weights, cached: file } : { ...weights };
  });
}

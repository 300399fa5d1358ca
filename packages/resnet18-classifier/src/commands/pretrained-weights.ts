import type { BackboneName } from '@fractura/backbones';
import { listWeights, requirePretrainedWeights } from '@fractura/backbones/pretrained';
import { cacheDirectoryOf } from '@fractura/pinned-downloads';
import type { StateDict } from '@fractura/tfjs-training';

/**
 * The weights that a training begins with, as the user says: `imagenet` for those that `weights fetch` has put into the cache, `none`, or
 * a file. Without a word the cached ones are taken where they are there; that there are none is said.
 *
 * @throws BackbonesError `weights-unpublished`, `weights-not-fetched`
 */
export async function pretrainedFor(
  network: BackboneName,
  wanted: string | undefined,
  note: (line: string) => void,
): Promise<StateDict | string | undefined> {
  const cacheDirectory = cacheDirectoryOf(process.env);
  if (wanted === 'imagenet') {
    return requirePretrainedWeights(network, { cacheDirectory });
  }
  if (wanted !== undefined && wanted !== 'none') {
    return wanted;
  }
  const published = listWeights({ cacheDirectory }).find(({ name }) => name === network);
  if (wanted === undefined && published?.cached !== undefined) {
    note(`${network} begins with its ImageNet weights, which are on this machine.`);
    return requirePretrainedWeights(network, { cacheDirectory });
  }
  note(`${network} begins from scratch${wanted === 'none' ? '' : adviceFor(network, published !== undefined)}.`);
  return undefined;
}

const adviceFor = (network: BackboneName, isPublished: boolean): string =>
  isPublished
    ? `, which costs accuracy: its ImageNet weights are not on this machine. Fetch them once: fractura weights fetch ${network}`
    : ': no weights of it are published for this program';

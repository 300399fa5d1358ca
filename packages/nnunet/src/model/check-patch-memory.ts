import { totalmem } from 'node:os';
import { elementCount } from '@fractura/array-files';
import { readArchitecture, type NetworkConfiguration } from '@fractura/nnunet-format';
import { NnunetError } from '../errors.js';

/** Maps of the first stage that are in memory at once: a convolution's input and output, and the skip. */
const mapsAtOnce = 3;

/**
 * Refuses a network of which not even the first stage's feature maps for one patch fit this machine's memory.
 *
 * @throws NnunetError `patch-too-large`
 */
export function checkPatchMemory({ patch_size: patch, architecture }: NetworkConfiguration): void {
  const { features } = readArchitecture(architecture);
  const bytes = elementCount(patch) * features[0] * Float32Array.BYTES_PER_ELEMENT * mapsAtOnce;
  if (bytes <= totalmem()) {
    return;
  }
  const gib = (count: number) => (count / 2 ** 30).toFixed(0);
  throw new NnunetError(
    `The plans have patch_size ${patch.join(' x ')} with ${features[0]} features, which takes ${gib(bytes)} GiB; ` +
      `this machine has ${gib(totalmem())}.`,
    {
      code: 'patch-too-large',
      remedy: 'Correct patch_size in the plans, plan for less memory, or use a larger machine.',
    },
  );
}

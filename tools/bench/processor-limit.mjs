/** How near a computation comes to what the processor can do: its rate beside that of one convolution that suits it. */
import { fileURLToPath } from 'node:url';
import { asServerIfPresent, python } from './contestant.mjs';
import { paired } from './paired.mjs';

const convolution = fileURLToPath(new URL('convolution_torch.py', import.meta.url));
const convolutionGflop = (2 * 9 * 256 ** 2 * 28 ** 2 * 16) / 1e9;

/**
 * Reports the arithmetic of a contestant, in GF/s (1e9 multiplications or additions a second), and its part of the limit.
 *
 * @param {object} options
 * @param {string} options.name
 * @param options.ours A contestant whose `run` gives seconds; the caller closes it.
 * @param {number} options.gflop What one of its runs computes.
 * @param {string} options.precision `float32` or `bfloat16`.
 * @param {number} options.pairs
 */
export const besideLimit = async ({ name, ours, gflop, precision, pairs }) => {
  const limit = await asServerIfPresent(python, [convolution, precision]);
  if (!limit) {
    return;
  }
  const rate = (contestant, work) => ({ ...contestant, run: async () => work / (await contestant.run()) });
  await paired({
    name,
    unit: 'GF/s',
    higherIsBetter: true,
    pairs,
    ours: rate(ours, gflop),
    peer: rate(limit, convolutionGflop),
    peerName: limit.greeting,
  });
  await limit.close();
};

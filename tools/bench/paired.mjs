/** Paired, repeated measurements: ours, peer, ours, peer; what disturbs the machine for longer than a pair disturbs both. */
import { asFunction } from './contestant.mjs';

export { asCommand, asFunction, asServer, asServerIfPresent, python } from './contestant.mjs';
export { peakMiB } from './peak-memory.mjs';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/**
 * Runs ours and the peer in turn and prints one result, a line of JSON, on standard output.
 *
 * @param {object} options
 * @param {string} options.name What is measured, as it should stand in the table.
 * @param options.ours A function or a contestant (`asCommand`, `asServer`).
 * @param [options.peer] The same; without it ours is measured alone and the peer's fields are null.
 * @param {string} [options.peerName] The peer with its version.
 * @param {string} [options.unit] 's' by default; with another, the functions return what they measured.
 * @param {boolean} [options.higherIsBetter] For rates: the ratio is then ours / peer, so that above 1 is always in our favour.
 * @param {number} [options.pairs] 7 by default.
 * @param {number} [options.warmUp] Runs of each before the first pair, not counted; 1 by default.
 * @param {number} [options.target] The ratio to reach.
 * @param {string} [options.note]
 * @param {number} [options.oursPeakMiB] Where the caller knows better than the contestant.
 * @param {number} [options.peerPeakMiB]
 */
export const paired = async (options) => {
  const { name, peerName = null, unit = 's', higherIsBetter = false, pairs = 7, warmUp = 1, target, note } = options;
  const ours = contestant(options.ours);
  const peer = options.peer && contestant(options.peer);
  for (let i = 0; i < warmUp; i += 1) {
    await ours.run();
    await peer?.run();
  }
  const times = { ours: [], peer: [] };
  for (let i = 0; i < pairs; i += 1) {
    times.ours.push(await ours.run());
    if (peer) {
      times.peer.push(await peer.run());
    }
    process.stderr.write(
      `${name}: pair ${i + 1} of ${pairs}: ${shown(times.ours[i])} / ${shown(times.peer[i])} ${unit}\n`,
    );
  }
  const ratios = times.peer.map((theirs, i) => (higherIsBetter ? times.ours[i] / theirs : theirs / times.ours[i]));
  const memory = {
    oursPeakMiB: options.oursPeakMiB ?? ours.peakMiB(),
    peerPeakMiB: options.peerPeakMiB ?? peer?.peakMiB(),
  };
  return report({
    name,
    unit,
    ours: median(times.ours),
    peer: peer ? median(times.peer) : null,
    peerName,
    ratio: peer ? median(ratios) : null,
    ratioMin: peer ? Math.min(...ratios) : null,
    ratioMax: peer ? Math.max(...ratios) : null,
    pairs,
    ...Object.fromEntries(Object.entries(memory).filter(([, value]) => value)),
    target,
    note,
  });
};

/** Prints a result that was come by in another way (a count, an error), in the same format. */
export const report = (result) => {
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return result;
};

const contestant = (given) => (typeof given === 'function' ? asFunction(given) : given);
const shown = (value) => (value === undefined ? '-' : Number(value).toPrecision(4));

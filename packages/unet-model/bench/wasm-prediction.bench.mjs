/**
 * A forward pass of the small-lesions network at 448 x 448 on our WASM engine, against tfjs-backend-wasm as shipped, which runs the same
 * network as the graph model that `weights export` writes. Both on the same threads. Build first.
 *
 *   npm run bench -- wasm-prediction            a few minutes
 *   FRACTURA_BENCH_PAIRS=1 FRACTURA_BENCH_SIZES=96 ...
 */
import { fileURLToPath } from 'node:url';
import { asServer } from '../../../tools/bench/contestant.mjs';
import { paired } from '../../../tools/bench/paired.mjs';

const pairs = Number(process.env.FRACTURA_BENCH_PAIRS ?? 7);
const sizes = (process.env.FRACTURA_BENCH_SIZES ?? '448').split(',');
/** Of a probability. */
const tolerance = 1e-4;

for (const size of sizes) {
  const start = (whose) =>
    asServer(process.execPath, [fileURLToPath(new URL('wasm-prediction.mjs', import.meta.url)), whose, size]);
  const [ours, peer] = [await start('ours'), await start('shipped')];
  const [own, theirs] = [ours, peer].map(({ greeting }) => JSON.parse(greeting));
  const difference = own.probabilities.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - theirs.probabilities[i])),
    0,
  );
  await paired({
    name: `prediction on WASM, small-lesions network, ${size} x ${size}, batch 1`,
    ours,
    peer,
    peerName: `tfjs-backend-wasm ${theirs.version}, graph model`,
    pairs,
    target: 1.5,
    note: `probabilities within ${difference.toExponential(0)}`,
  });
  await Promise.all([ours.close(), peer.close()]);
  if (!(difference < tolerance)) {
    process.stderr.write(`the probabilities differ by ${difference}, more than ${tolerance}\n`);
    process.exitCode = 1;
  }
}

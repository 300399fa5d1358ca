/**
 * A training step of the demo plan (80 x 80, batch 1, float32) on our WASM engine, against TensorFlow.js's plain CPU backend: the
 * same weights and the same batch. Fails where the losses after a first step differ by more than 1e-4. Build first.
 *
 *   npm run bench -- wasm-training               about 10 minutes, nearly all of them the peer's
 *   FRACTURA_BENCH_PAIRS=1 npm run bench -- wasm-training
 */
import { fileURLToPath } from 'node:url';
import { asServer } from '../../../tools/bench/contestant.mjs';
import { paired } from '../../../tools/bench/paired.mjs';
import { batchSize, edge } from './demo-plan.mjs';

const pairs = Number(process.env.FRACTURA_BENCH_PAIRS ?? 3);
/** Of the loss, relative. */
const tolerance = 1e-4;

const start = (engine) =>
  asServer(process.execPath, [fileURLToPath(new URL('demo-step.mjs', import.meta.url)), engine]);
const [ours, peer] = [await start('wasm'), await start('cpu')];
const [own, theirs] = [ours, peer].map(({ greeting }) => JSON.parse(greeting));
const difference = Math.abs(own.loss - theirs.loss) / Math.abs(theirs.loss);

// Each has done a whole step before it greets, so no further warm-up is needed.
await paired({
  name: `training step of the demo plan on WASM, ${edge} x ${edge}, batch ${batchSize}`,
  ours,
  peer,
  peerName: `TensorFlow.js ${theirs.version} CPU backend`,
  pairs,
  warmUp: 0,
  target: 10,
  note: `losses after a first step differ by ${difference.toExponential(1)}`,
});
await Promise.all([ours.close(), peer.close()]);
if (!(difference < tolerance)) {
  process.stderr.write(`the losses ${own.loss} and ${theirs.loss} differ by more than ${tolerance}\n`);
  process.exitCode = 1;
}

/**
 * Training step and forward pass of the planned 224 x 224 U-Net, against PyTorch. Build first.
 *
 *   PYTHON=... npm run bench -- unet.bench         about 25 minutes
 *   FRACTURA_BENCH_PAIRS=3 FRACTURA_BENCH_BATCHES=4 ...    fewer pairs, batch 4 alone
 */
import { fileURLToPath } from 'node:url';
import { estimateFlops } from '@fractura/unet-model';
import { asServer, asServerIfPresent, python } from '../../../tools/bench/contestant.mjs';
import { paired } from '../../../tools/bench/paired.mjs';
import { besideLimit } from '../../../tools/bench/processor-limit.mjs';
import { architecture, edge } from './planned-unet.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const pairs = Number(process.env.FRACTURA_BENCH_PAIRS ?? 7);
const batches = (process.env.FRACTURA_BENCH_BATCHES ?? '4,12').split(',').map(Number);

/** What is compared: our precision, PyTorch's mode, the ratio to reach in a training step; and once each, how near the limit. */
const rivals = [
  { precision: 'float32', mode: 'default', target: 1.25 },
  { precision: 'float32', mode: 'channels_last', limit: true },
  { precision: 'bfloat16', mode: 'default', target: 1.8 },
  { precision: 'bfloat16', mode: 'bfloat16', target: 1, limit: true },
];

const modes = (process.env.FRACTURA_BENCH_PRECISIONS ?? 'float32,bfloat16').split(',');
for (const what of ['step', 'forward']) {
  for (const batch of batches) {
    const work = { architecture, inputChannels: 1, outputChannels: 2, patchSize: [edge, edge], batchSize: batch };
    const { forwardGflop, trainingStepGflop } = estimateFlops(work);
    for (const { precision, mode, target, limit } of rivals.filter((rival) => modes.includes(rival.precision))) {
      // Predictions are made in float32.
      if (what === 'forward' && precision !== 'float32') {
        continue;
      }
      const ours = await asServer(process.execPath, [here('ours.mjs'), what, batch, precision]);
      const peer = await asServerIfPresent(python, [here('unet_torch.py'), what, batch, mode]);
      const name = `${what === 'step' ? 'training step' : 'forward pass'}, 224 x 224, batch ${batch}, ${precision}`;
      await paired({
        name,
        ours,
        peer,
        peerName: peer?.greeting ?? null,
        pairs,
        warmUp: 1,
        note: ours.greeting,
        target: what === 'step' ? target : undefined,
      });
      const gflop = what === 'step' ? trainingStepGflop : forwardGflop;
      if (limit) {
        await besideLimit({ name: `arithmetic of the ${name}`, ours, gflop, precision, pairs });
      }
      await ours.close();
      await peer?.close();
    }
  }
}

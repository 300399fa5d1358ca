/**
 * Training step and forward pass of ResNet-18 on images of 224 x 224, against torchvision's. Build first.
 *
 *   PYTHON=... npm run bench -- resnet18.bench         about 30 minutes on two slow cores
 *   FRACTURA_BENCH_PAIRS=3 FRACTURA_BENCH_PRECISIONS=float32 ...    fewer pairs, float32 alone
 *   FRACTURA_BENCH_SIZE=64 FRACTURA_BENCH_BATCH=16 ...              smaller images and batches
 */
import { fileURLToPath } from 'node:url';
import { estimateFlops } from '@fractura/backbones';
import { asServer, asServerIfPresent, python } from '../../../tools/bench/contestant.mjs';
import { paired } from '../../../tools/bench/paired.mjs';
import { besideLimit } from '../../../tools/bench/processor-limit.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const pairs = Number(process.env.FRACTURA_BENCH_PAIRS ?? 5);
const size = process.env.FRACTURA_BENCH_SIZE ?? '224';
const batch = process.env.FRACTURA_BENCH_BATCH ?? '32';

/** What is compared: our precision, PyTorch's mode, the ratio to reach in a training step; and once each, how near the limit. */
const rivals = [
  { precision: 'float32', mode: 'default' },
  { precision: 'float32', mode: 'channels_last', target: 1, limit: true },
  { precision: 'bfloat16', mode: 'bfloat16', target: 1, limit: true },
];

const work = { inputChannels: 1, height: Number(size), width: Number(size), batchSize: Number(batch) };
const { forwardGflop, trainingStepGflop } = estimateFlops(work);
const modes = (process.env.FRACTURA_BENCH_PRECISIONS ?? 'float32,bfloat16').split(',');
for (const what of ['step', 'forward']) {
  for (const { precision, mode, target, limit } of rivals.filter((rival) => modes.includes(rival.precision))) {
    // Predictions are made in float32.
    if (what === 'forward' && precision !== 'float32') {
      continue;
    }
    const ours = await asServer(process.execPath, [here('ours.mjs'), what, size, batch, precision]);
    const peer = await asServerIfPresent(python, [here('resnet18_torchvision.py'), what, size, batch, mode]);
    const passed = what === 'step' ? 'training step' : 'forward pass';
    const name = `ResNet-18, ${passed}, ${size} x ${size}, batch ${batch}, ${precision}`;
    await paired({
      name,
      ours,
      peer,
      peerName: peer?.greeting ?? null,
      pairs,
      warmUp: 0,
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

/**
 * Training step of a U-Net on EfficientNet-Lite0, 8 films of 448 x 448, against PyTorch: all of it, and with the stem and the
 * stages down to a quarter of the size frozen. Build first.
 *
 *   PYTHON=... npm run bench -- efficientnet-unet        about 10 minutes on two cores
 *   FRACTURA_BENCH_PAIRS=3 FRACTURA_BENCH_SIZE=224 ...   fewer pairs, smaller films
 */
import { fileURLToPath } from 'node:url';
import { asServer, asServerIfPresent, python } from '../../../tools/bench/contestant.mjs';
import { paired } from '../../../tools/bench/paired.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const pairs = Number(process.env.FRACTURA_BENCH_PAIRS ?? 7);
const size = process.env.FRACTURA_BENCH_SIZE ?? '448';
const batch = process.env.FRACTURA_BENCH_BATCH ?? '8';

/** What is compared: our precision, PyTorch's mode, the stride down to which all is frozen, the ratio to reach. */
const rivals = [
  { precision: 'bfloat16', mode: 'bfloat16', frozenStride: '0', target: 2.5 },
  { precision: 'bfloat16', mode: 'bfloat16', frozenStride: '4' },
  { precision: 'float32', mode: 'channels_last', frozenStride: '0' },
];

for (const { precision, mode, frozenStride, target } of rivals) {
  const ours = await asServer(process.execPath, [here('ours.mjs'), size, batch, precision, frozenStride]);
  const peer = await asServerIfPresent(python, [here('efficientnet_unet_torch.py'), size, batch, mode, frozenStride]);
  const part = frozenStride === '0' ? '' : ', frozen down to stride 4';
  await paired({
    name: `EfficientNet-Lite0 U-Net, training step, ${size} x ${size}, batch ${batch}, ${precision}${part}`,
    ours,
    peer,
    peerName: peer?.greeting ?? null,
    pairs,
    note: ours.greeting,
    target,
  });
  await ours.close();
  await peer?.close();
}

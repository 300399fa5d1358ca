// Checks that published EfficientNet-Lite weights give PyTorch's outputs: fetched by `fractura weights fetch`, or where they are cached.
//
//   npm run interop -- efficientnet-weights [efficientnet-lite0 efficientnet-lite1 efficientnet-lite2]
//
// Logits and the features at five strides, of an image whose sizes are odd on the way down, must be within 1e-4 of PyTorch's largest.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { buildEfficientnetLite } from '@fractura/backbones';
import { requirePretrainedWeights } from '@fractura/backbones/pretrained';
import { infer } from '@fractura/tfjs-training';
import { useEngine } from '@fractura/tfjs-engine';
import { readNpy, writeNpy } from '@fractura/volume-io';
import { call, callScript, program } from './programs.mjs';

const networks = process.argv.length > 2 ? process.argv.slice(2) : ['efficientnet-lite0'];
await useEngine();
let failed = false;
for (const name of networks) {
  const folder = mkdtempSync(join(tmpdir(), 'fractura-efficientnet-'));
  try {
    const fetched = JSON.parse(call(process.execPath, [program, 'weights', 'fetch', name, '--json'], folder));
    callScript('efficientnet_weights.py', ['make', name, folder, fetched.file], folder);
    const cacheDirectory = join(fetched.file, '../..');
    const weights = await requirePretrainedWeights(name, { cacheDirectory });
    const version = Number(name.at(-1));
    const network = buildEfficientnetLite({ version, inputChannels: 3, classes: 1000, weights });
    const { data, shape } = await readNpy(join(folder, 'input.npy'));
    const image = tf.transpose(tf.tensor(data, shape), [0, 2, 3, 1]);
    const maps = infer(() => network.features(image).map((map) => tf.transpose(map, [0, 3, 1, 2])));
    for (const [i, output] of [infer(() => network.forward(image)), ...maps].entries()) {
      await writeNpy(join(folder, `ours${i}.npy`), { data: await output.data(), shape: output.shape });
    }
    const results = callScript('efficientnet_weights.py', ['check', name, folder, fetched.file], folder);
    process.stdout.write(results);
    failed ||= results.includes('FAILS');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = failed ? 1 : 0;

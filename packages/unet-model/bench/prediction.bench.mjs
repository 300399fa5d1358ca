/**
 * The forward pass of a prediction, network alone: ours in float32 and bfloat16 against the runtimes that a user would pick, through our
 * own ONNX export: OpenVINO, ONNX Runtime, PyTorch eager (channels last) and inductor. Build first.
 *
 *   PYTHON=... npm run bench -- prediction.bench       about an hour; Python with openvino, onnxruntime, onnx and torch
 *   FRACTURA_BENCH_PAIRS=1 FRACTURA_BENCH_NETWORKS=plan FRACTURA_BENCH_SIZES=224 FRACTURA_BENCH_BATCHES=1 ...    a part of it
 *   FRACTURA_BENCH_CLOCK=processor ...     processor time of all threads instead of the wall's, for a busy machine
 *   ONEDNN_MAX_CPU_ISA=AVX2 ATEN_CPU_CAPABILITY=avx2 ...    as processors without AVX-512 (PyTorch's own kernels, too)
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useEngine } from '@fractura/tfjs-engine';
import { infer, saveState } from '@fractura/tfjs-training';
import { encodeOnnx } from '@fractura/unet-model';
import * as tf from '@tensorflow/tfjs';
import { asServer, asServerIfPresent, python } from '../../../tools/bench/contestant.mjs';
import { paired } from '../../../tools/bench/paired.mjs';
import { imagesOf, networks } from './prediction-network.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const listOf = (name, all) => (process.env[`FRACTURA_BENCH_${name}`] ?? all).split(',');
const pairs = Number(process.env.FRACTURA_BENCH_PAIRS ?? 7);
const instructions = process.env.ONEDNN_MAX_CPU_ISA;
const limit = instructions === undefined ? '' : `, ${instructions} at most`;
const clock = process.env.FRACTURA_BENCH_CLOCK === 'processor' ? ', processor time' : '';
const runtimes = {
  float32: ['openvino', 'onnxruntime', 'eager', 'inductor'],
  bfloat16: ['openvino', 'eager', 'inductor'],
};

for (const name of listOf('NETWORKS', 'plan,small-lesions')) {
  for (const edge of listOf('SIZES', '224,448')) {
    for (const batch of listOf('BATCHES', '1,4')) {
      const folder = mkdtempSync(join(tmpdir(), 'prediction-bench-'));
      try {
        await writeWork(name, Number(edge), Number(batch), folder);
        for (const precision of listOf('PRECISIONS', 'float32,bfloat16')) {
          const title = `prediction, ${networks[name].title}, ${edge} x ${edge}, batch ${batch}, ${precision}${limit}${clock}`;
          await compare(title, [name, edge, batch, precision, folder]);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  }
}

async function compare(title, work) {
  const [, , , precision, folder] = work;
  const ours = await asServer(process.execPath, [here('prediction-ours.mjs'), ...work]);
  for (const runtime of listOf('RUNTIMES', runtimes[precision].join()).filter((each) =>
    runtimes[precision].includes(each),
  )) {
    const peer = await asServerIfPresent(python, [here('prediction_peers.py'), runtime, precision, folder]);
    const peerName = peer?.greeting ?? null;
    await paired({ name: title, ours, peer, peerName, pairs, warmUp: 2, note: ours.greeting });
    await peer?.close();
  }
  await ours.close();
}

/** What all of them compute, and our float32 probabilities of it. */
async function writeWork(name, edge, batch, folder) {
  await useEngine({ prefer: process.env.FRACTURA_BENCH_ENGINE ?? 'native' });
  const network = networks[name].build();
  const images = imagesOf(batch, edge);
  const probabilities = infer(() => tf.softmax(network.forward(images).logits[0]));
  const bytesOf = (tensor) => Buffer.from(tensor.dataSync().slice().buffer);
  const { architecture, inputChannels, outputChannels } = network;
  const weights = await saveState(network);
  writeFileSync(join(folder, 'network.onnx'), encodeOnnx({ architecture, inputChannels, outputChannels, weights }));
  writeFileSync(join(folder, 'images.bin'), bytesOf(images));
  writeFileSync(join(folder, 'shape.txt'), images.shape.join(' '));
  writeFileSync(join(folder, 'probabilities.bin'), bytesOf(probabilities));
  tf.dispose([images, probabilities]);
  network.dispose();
}

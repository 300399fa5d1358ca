/**
 * The small-lesions network on WASM, a process for `asServer`: `wasm-prediction.mjs ours|shipped SIZE`. Its greeting is JSON: the version
 * and some of the probabilities. `shipped` is tfjs-backend-wasm alone on the exported graph model.
 */
import { infer, saveState } from '@fractura/tfjs-training';
import { encodeGraphModel } from '@fractura/unet-model';
import * as tf from '@tensorflow/tfjs';
import { answer } from '../../../tools/bench/answer.mjs';
import { imagesOf, networks, seconds } from './prediction-network.mjs';

const [whose, size] = process.argv.slice(2);
if (whose === 'ours') {
  const { useEngine } = await import('@fractura/tfjs-engine');
  await useEngine({ prefer: 'wasm' });
} else {
  await import('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
}
const network = networks['small-lesions'].build();
const images = imagesOf(1, Number(size));
const forward = whose === 'ours' ? () => infer(() => network.forward(images).logits[0]) : await graphOf(network);
const work = async () => {
  const logits = forward();
  await logits.data();
  return logits;
};

const probabilities = tf.softmax(await work()).dataSync();
const some = Array.from({ length: 1000 }, (_, i) => probabilities[Math.floor((i * probabilities.length) / 1000)]);
let line = JSON.stringify({ version: tf.version['tfjs-core'], probabilities: some });
for (;;) {
  await answer(line);
  line = await seconds(async () => tf.dispose(await work()));
}

async function graphOf({ architecture, inputChannels, outputChannels, ...rest }) {
  const weights = await saveState(rest);
  const patchSize = [Number(size), Number(size)];
  const { modelJson, shards } = encodeGraphModel({
    architecture,
    inputChannels,
    outputChannels,
    weights,
    patchSize,
    metadata: {},
  });
  const [manifest] = modelJson.weightsManifest;
  const bytes = Buffer.concat(manifest.paths.map((path) => shards.get(path)));
  const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const graph = await tf.loadGraphModel({
    load: () => Promise.resolve({ ...modelJson, weightSpecs: manifest.weights, weightData }),
  });
  return () => graph.execute(images, 'logits');
}

/**
 * A forward pass of a network, a process for `asServer`: `prediction-ours.mjs NETWORK EDGE BATCH PRECISION FOLDER`. Its greeting tells
 * the largest difference of a probability from the folder's, which prediction.bench.mjs wrote.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useEngine } from '@fractura/tfjs-engine';
import { infer } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { answer } from '../../../tools/bench/answer.mjs';
import { imagesOf, networks, seconds } from './prediction-network.mjs';

const [name, edge, batch, precision, folder] = process.argv.slice(2);
const { name: engine, version } = await useEngine({ prefer: process.env.FRACTURA_BENCH_ENGINE ?? 'native' });
const network = networks[name].build();
const images = imagesOf(Number(batch), Number(edge));
const forward = async () => {
  const [logits] = infer(() => network.forward(images).logits.slice(0, 1), { precision });
  await logits.data();
  return logits;
};

const logits = await forward();
const probabilities = tf.softmax(logits).dataSync();
const bytes = readFileSync(join(folder, 'probabilities.bin'));
const expected = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const largest = probabilities.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
let line = `${engine} engine, TensorFlow ${version}, probabilities within ${largest.toPrecision(1)}`;
for (;;) {
  await answer(line);
  line = await seconds(async () => tf.dispose(await forward()));
}

/**
 * ResNet-18's training step or forward pass here, a process for `asServer`: `ours.mjs step|forward SIZE BATCH PRECISION`.
 *
 * A step is the median of three within a short training by the public function: its first step, which warms up, does not count,
 * and the making of batches does.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { useEngine } from '@fractura/tfjs-engine';
import { loadClassifier, trainClassifier } from '@fractura/resnet18-classifier';

const [what, size, batch, precision] = process.argv.slice(2);
const [edge, batchSize] = [size, batch].map(Number);
const { name, version } = await useEngine({ prefer: process.env.FRACTURA_BENCH_ENGINE ?? 'native' });

const data = Float32Array.from({ length: edge * edge }, (_, i) => Math.sin(i) / 2 + 0.5);
const samples = (count) =>
  Array.from({ length: count }, (_, n) => ({
    id: String(n),
    label: n % 2,
    image: () => ({ data, height: edge, width: edge, channels: 1 }),
  }));

const outputDirectory = mkdtempSync(join(tmpdir(), 'resnet18-bench-'));
const train = async (steps, batchSize) => {
  rmSync(outputDirectory, { recursive: true, force: true });
  const times = [];
  let last;
  await trainClassifier({
    train: samples(steps * batchSize),
    validation: samples(2),
    classNames: ['a', 'b'],
    epochs: 1,
    batchSize,
    precision,
    outputDirectory,
    onProgress: ({ phase }) => {
      const now = performance.now();
      if (phase === 'train' && last !== undefined) {
        times.push((now - last) / 1000);
      }
      last = now;
    },
  });
  return times.sort((a, b) => a - b)[times.length >> 1];
};

// Predicting needs a classifier, whose making should not need more memory than the predicting.
await train(1, what === 'step' ? batchSize : 2);
const classifier = await loadClassifier(outputDirectory);
const images = samples(batchSize);
const predict = async () => {
  const begin = performance.now();
  await classifier.predict(images, { batchSize });
  return (performance.now() - begin) / 1000;
};
if (what === 'forward') {
  await predict();
}

console.log(`${name} engine, TensorFlow ${version}`);
for await (const _ of createInterface({ input: process.stdin })) {
  console.log(what === 'step' ? await train(4, batchSize) : await predict());
}
rmSync(outputDirectory, { recursive: true, force: true });

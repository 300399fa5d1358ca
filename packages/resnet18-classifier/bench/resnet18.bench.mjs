/**
 * Images a second of ResNet-18, predicting and training, on an engine of TensorFlow.js. Build first, then:
 *
 *   node bench/resnet18.bench.mjs [engine] [size] [batch]
 *
 * The peer is torchvision on the same machine: `python bench/resnet18_torchvision.py [size] [batch]`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useEngine } from '@fractura/tfjs-engine';
import { loadClassifier, trainClassifier } from '@fractura/resnet18-classifier';

const [engine, size = '128', batch = '16'] = process.argv.slice(2);
const extent = Number(size);
const batchSize = Number(batch);
const { name } = await useEngine(engine ? { prefer: engine } : {});

const data = Float32Array.from({ length: extent * extent }, (_, i) => Math.sin(i));
const samples = (count) =>
  Array.from({ length: count }, (_, n) => ({
    id: String(n),
    label: n % 2,
    image: () => ({ data, height: extent, width: extent, channels: 1 }),
  }));
const folder = await mkdtemp(join(tmpdir(), 'resnet18-bench-'));
const seconds = [];
let last = performance.now();
await trainClassifier({
  ...{ train: samples(6 * batchSize), validation: samples(2), classNames: ['a', 'b'], epochs: 1, batchSize },
  outputDirectory: folder,
  onProgress: ({ phase }) => {
    const now = performance.now();
    if (phase === 'train') seconds.push((now - last) / 1000);
    last = now;
  },
});
const classifier = await loadClassifier(folder);
await classifier.predict(samples(batchSize), { batchSize });
const begin = performance.now();
await classifier.predict(samples(4 * batchSize), { batchSize });
const predicting = (performance.now() - begin) / 1000;
const [, ...steps] = seconds.sort((a, b) => a - b);
const median = steps[Math.floor((steps.length - 1) / 2)];
console.log(`${name}, ${extent} x ${extent}, batches of ${batchSize}`);
console.log(`training    ${(batchSize / median).toFixed(1)} images a second`);
console.log(`predicting  ${((4 * batchSize) / predicting).toFixed(1)} images a second`);
await rm(folder, { recursive: true });

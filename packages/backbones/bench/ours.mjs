/**
 * A training step of a U-Net on EfficientNet-Lite0, a process for `asServer`: `ours.mjs SIZE BATCH PRECISION FROZEN_STRIDE`.
 *
 * The network, the loss and the optimizer are those of `efficientnet_unet_torch.py`.
 */
import * as tf from '@tensorflow/tfjs';
import { convolutionAndNorm, efficientnetLiteBackbone } from '@fractura/backbones';
import { useEngine } from '@fractura/tfjs-engine';
import {
  adamw,
  composed,
  concatenate,
  convolution,
  inSequence,
  MixedPrecision,
  Optimizer,
  ParameterScope,
  trainingStep,
  upsampleNearest,
} from '@fractura/tfjs-training';
import { answer } from '../../../tools/bench/answer.mjs';

const [size, batchSize, frozenStride] = [process.argv[2], process.argv[3], process.argv[5] ?? 0].map(Number);
const { name, version } = await useEngine({ prefer: process.env.FRACTURA_BENCH_ENGINE ?? 'native' });
const precision = new MixedPrecision(process.argv[4]);

let seed = 1;
const initialise = ({ role, torchShape }) => {
  const count = tf.util.sizeFromShape([...torchShape]);
  if (role === 'kernel') {
    const deviation = Math.sqrt((2 * torchShape[0]) / count);
    seed += 1;
    return tf.tidy(() => tf.randomNormal([count], 0, deviation, 'float32', seed).dataSync());
  }
  return new Float32Array(count).fill(role === 'normScale' || role === 'runningVariance' ? 1 : 0);
};
const scope = new ParameterScope(initialise);
const backbone = efficientnetLiteBackbone(scope, { inputChannels: 1 });
const frozen = new Set(backbone.parametersDownTo(frozenStride));
let below = backbone.stages.at(-1).channels;
const levels = [128, 64, 48, 32].map((outputs, level) => {
  const skip = backbone.stages.length - 2 - level;
  const own = scope.within(`up${level}`);
  const layer = (order, inputs) =>
    convolutionAndNorm(own, { names: [`c${order}`, `b${order}`], inputs, outputs, size: 3, activation: 'relu' });
  const layers = [layer(1, below + backbone.stages[skip].channels), layer(2, outputs)];
  below = outputs;
  return { skip, layers };
});
const head = scope.parameter('seg.weight', 'kernel', [1, below, 1, 1]);

const forward = (images) => {
  const maps = backbone.features(images, { training: true, frozenStride });
  return levels.reduce(
    (deeper, { skip, layers }) =>
      inSequence(concatenate([upsampleNearest(deeper, 2), maps[skip]]), [
        ...layers.map((layer) => (x) => layer(x, true)),
      ]),
    maps.at(-1),
  );
};

const images = tf.randomNormal([batchSize, size, size, 1], 0, 1, 'float32', 7);
const target = tf.cast(
  tf.less(tf.randomUniform([batchSize, size / 2, size / 2, 1], 0, 1, 'float32', 8), 0.05),
  'float32',
);
const settingsOf = (parameter) => ({ frozen: frozen.has(parameter) });
const optimizer = new Optimizer(scope.parameters, adamw(), { settingsOf, clipNorm: 5 });
/** Binary cross-entropy of logits. */
const loss = () =>
  composed([convolution(forward(images), head)], (logits) =>
    tf.mean(tf.add(tf.sub(tf.relu(logits), tf.mul(logits, target)), tf.log1p(tf.exp(tf.neg(tf.abs(logits)))))),
  );
const step = () => trainingStep({ loss, optimizer, precision, learningRate: 1e-4 });

await step();
let line = `${name} engine, TensorFlow ${version}`;
for (;;) {
  await answer(line);
  const begin = performance.now();
  await step();
  line = (performance.now() - begin) / 1000;
}

/**
 * `node compute.cjs esm|cjs ENGINE`: one training step of a small network on an engine, in plain Node with the built package, loaded
 * as an ES module or by require; prints JSON.
 */
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const [, , system, prefer] = process.argv;
const dist = join(__dirname, '..', '..', 'dist');

async function main() {
  const esm = system === 'esm';
  const tf = esm ? await import('@tensorflow/tfjs') : require('@tensorflow/tfjs');
  const engine = esm ? await import(pathToFileURL(join(dist, 'index.js')).href) : require(join(dist, 'index.cjs'));
  const { composed, convolution, differentiate, instanceNorm, maxPool, transposedConvolution, useEngine } = engine;
  const { name, version } = await useEngine({ prefer });
  const random = (shape, seed) => tf.randomUniform(shape, -1, 1, 'float32', seed);
  const image = random([2, 12, 12, 3], 1);
  const shapes = [[3, 3, 3, 4], [4], [4], [2, 2, 4, 4], [3, 3, 4, 2]];
  const variables = shapes.map((shape, i) => tf.variable(random(shape, i + 2)));
  const [first, scale, offset, up, last] = variables;
  const { value, gradients } = differentiate(() => {
    const features = instanceNorm(convolution(image, first), scale, offset, { leakyReluSlope: 0.01 });
    const pooled = maxPool(features, { size: 2, strides: 2, padding: 0 });
    const output = convolution(transposedConvolution(pooled, up, { strides: [2, 2] }), last, { strides: 2 });
    return composed([output], (y) => tf.mean(tf.square(y)));
  }, variables);
  const numbers = [...(await value.data())];
  for (const gradient of gradients) numbers.push(...(await gradient.data()));
  const own = [...(await tf.add(tf.tensor([1, 2]), 3).data())];
  console.log(JSON.stringify({ name, version, node: process.versions.node, own, numbers }));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

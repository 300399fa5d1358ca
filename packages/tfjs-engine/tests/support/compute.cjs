/**
 * `node compute.cjs esm|cjs ENGINE`: one training step of a small network on an engine, in plain Node with the built package, loaded
 * as an ES module or by require; prints JSON.
 */
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const trainingStep = require('./training-step.cjs');

const [, , system, prefer] = process.argv;
const dist = join(__dirname, '..', '..', 'dist');

async function main() {
  const esm = system === 'esm';
  const tf = esm ? await import('@tensorflow/tfjs') : require('@tensorflow/tfjs');
  const engine = esm ? await import(pathToFileURL(join(dist, 'index.js')).href) : require(join(dist, 'index.cjs'));
  const training = esm ? await import('@fractura/tfjs-training') : require('@fractura/tfjs-training');
  const { name, version } = await engine.useEngine({ prefer });
  const numbers = await trainingStep(tf, training);
  const own = [...(await tf.add(tf.tensor([1, 2]), 3).data())];
  console.log(JSON.stringify({ name, version, node: process.versions.node, own, numbers }));
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

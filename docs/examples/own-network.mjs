/** A network of your own, written with TensorFlow.js layers, in place of ours between our planner and our evaluation. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { evaluateFolder } from '@fractura/nnunet';
import { generateSplits, readDatasetJson } from '@fractura/nnunet-format';
import { exportPrediction, planAndPreprocess, readPreprocessedCase } from '@fractura/nnunet-planner';
import { useEngine } from '@fractura/tfjs-engine';
import { writeNifti } from '@fractura/volume-io';
import { makeRawDataset } from './make-data.mjs';

const { folder, cases } = await makeRawDataset(502, 'Own');
const preprocessed = join('nnUNet_preprocessed', 'Dataset502_Own');
const { plans } = await planAndPreprocess({ folder, outputFolder: preprocessed, configurations: ['2d'] });
const datasetJson = await readDatasetJson(join(preprocessed, 'dataset.json'));
const classes = Object.keys(datasetJson.labels).length;
const [{ train, val }] = generateSplits(cases.map((converted) => converted.case));

/** Cases are [channels, z, y, x]; here the one slice is the batch, and the one channel comes last. */
async function readCase(id) {
  const preparedCase = await readPreprocessedCase(join(preprocessed, 'nnUNetPlans_2d'), id);
  const { data, segmentation, shape, properties } = preparedCase;
  const [, slices, height, width] = shape;
  const labels = tf.oneHot(tf.tensor(Int32Array.from(segmentation), [slices, height, width], 'int32'), classes);
  return { id, image: tf.tensor(data, [slices, height, width, 1]), labels, properties };
}

await useEngine();
const layer = (filters, options = {}) => tf.layers.conv2d({ filters, kernelSize: 5, padding: 'same', ...options });
const network = tf.sequential({
  layers: [
    layer(12, { activation: 'relu', inputShape: [null, null, 1] }),
    layer(12, { activation: 'relu' }),
    layer(classes),
  ],
});
const optimizer = tf.train.adam(0.02);
const training = await Promise.all(train.map(readCase));
for (let step = 0; step < 200; step += 1) {
  const { image, labels } = training[step % training.length];
  optimizer.minimize(() => tf.losses.softmaxCrossEntropy(labels, network.apply(image)));
}

// The logits go back to the image's own grid, and become labels, as nnU-Net does it.
await mkdir('predictions', { recursive: true });
for (const { id, image, properties } of await Promise.all(val.map(readCase))) {
  const logits = await network.predict(image).transpose([3, 0, 1, 2]).data();
  const { segmentation, shape } = exportPrediction(logits, properties, { plans, configuration: '2d', datasetJson });
  await writeNifti(join('predictions', `${id}.nii.gz`), { data: segmentation, shape: shape.toReversed() });
}
const { summary } = await evaluateFolder({
  references: join(folder, 'labelsTr'),
  predictions: 'predictions',
  labels: [1, 2, 3],
  allowMissing: true,
});
console.log(`${val.length} cases that were not trained on: mean Dice ${summary.foreground_mean.Dice.toFixed(3)}`);

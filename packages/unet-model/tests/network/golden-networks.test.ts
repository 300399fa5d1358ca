import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { differentiate, infer, nesterov, Optimizer, saveState, toTorchValues } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { downsampleLabels } from '../../src/data/downsample-labels.js';
import { estimateFlops, stateDictNames, type Unet } from '../../src/index.js';
import { deeplySupervisedLoss, deepSupervisionScales } from '../../src/loss/deep-supervision.js';
import { makeTarget, type Target } from '../../src/loss/target.js';
import { readLabels } from '@fractura/nnunet-format';
import { useWasm } from '../support/engine.js';
import { largestDifference, toChannelsFirst, toChannelsLast } from '../support/layout.js';
import { readNetworkVector } from '../support/reference-network.js';

describe.each(['plain2d', 'resenc2d', 'plain3d_aniso'])('the reference network %s', (networkName) => {
  const { vector, array, tensors, build } = readNetworkVector(networkName);
  const labels = readLabels({
    labels: Object.fromEntries(
      Array.from({ length: vector.num_classes }, (_, i) => [i === 0 ? 'background' : `class ${i}`, i]),
    ),
  });
  let network: Unet;
  let x: tf.Tensor;
  let targets: Target[];

  beforeAll(async () => {
    await useWasm();
    network = build();
    const input = array('input');
    const { data, shape } = toChannelsLast(input.data, input.shape);
    x = tf.tensor(data, shape);
    const segmentation = array('seg');
    const [batch, , ...spatial] = segmentation.shape as [number, number, ...number[]];
    const sizeZYX = [...Array.from({ length: 3 - spatial.length }, () => 1), ...spatial];
    targets = deepSupervisionScales(network.architecture).map((scales) => {
      const voxels = segmentation.data.length / batch;
      const parts = Array.from({ length: batch }, (_, n) =>
        downsampleLabels(Int16Array.from(segmentation.data.slice(n * voxels, (n + 1) * voxels)), sizeZYX, [
          ...Array.from({ length: 3 - scales.length }, () => 1),
          ...scales,
        ]),
      );
      const size = parts[0].size.slice(3 - scales.length);
      return makeTarget(
        { labels: Int16Array.from(parts.flatMap((part) => [...part.labels])), shape: [batch, ...size] },
        labels,
      );
    });
  });
  afterAll(() => {
    network.dispose();
    tf.disposeVariables();
  });

  const loss = () =>
    deeplySupervisedLoss(network.forward(x, { deepSupervision: true }).logits, targets, {
      regions: false,
      batchDice: true,
    });

  test('has the parameters of the reference in optimizer order', () => {
    expect(network.parameters.map((parameter) => [parameter.name, parameter.torchShape])).toEqual(
      vector.parameters_in_optimizer_order.map((parameter) => [parameter.name, parameter.shape]),
    );
  });

  test('is estimated at the number of parameters of the reference', () => {
    const estimate = estimateFlops({
      architecture: { network_class_name: vector.architecture, arch_kwargs: vector.arch_kwargs },
      inputChannels: vector.input_channels,
      outputChannels: vector.num_classes,
      patchSize: array('input').shape.slice(2),
      batchSize: 2,
    });
    expect(estimate.parameters).toBe(array('weights').data.length);
  });

  test('has the aliases of the reference state_dict in its order', () => {
    const names = stateDictNames(network.parameters.map((parameter) => parameter.name));
    expect(names.map((entry) => entry.name)).toEqual(vector.state_dict_keys);
    expect(Object.fromEntries(names.map((entry) => [entry.name, entry.tensor]))).toEqual(vector.state_dict_alias_of);
  });

  test('gives back the weights that were loaded', async () => {
    const saved = await saveState(network);
    expect([...saved]).toEqual([...tensors('weights')]);
  });

  test('gives the logits of every resolution', async () => {
    const before = tf.memory().numTensors;
    const outputs = infer(() => network.forward(x, { deepSupervision: true }).logits);
    expect(tf.memory().numTensors - before).toBe(outputs.length);
    for (const [i, output] of outputs.entries()) {
      expect(
        largestDifference(toChannelsFirst(await output.data(), output.shape), array(`output${i}`).data),
      ).toBeLessThan(1e-4);
    }
    tf.dispose(outputs);
  });

  test('gives the loss and its gradients', async () => {
    const variables = network.parameters.map((parameter) => parameter.variable);
    const before = tf.memory().numTensors;
    const { value, gradients } = differentiate(loss, variables);
    expect((await value.data())[0]).toBeCloseTo(vector.loss, 5);
    for (const [i, [name, expected]] of [...tensors('grad_weights')].entries()) {
      const gradient = gradients[i];
      if (vector.parameters_without_gradient.includes(name)) {
        expect(gradient).toBeNull();
      }
      const actual = gradient ? await toTorchValues(gradient) : new Float32Array(expected.data.length);
      expect(largestDifference(actual, expected.data)).toBeLessThan(1e-4);
    }
    tf.dispose([value, ...gradients.filter((gradient) => gradient !== null)]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('arrives at the weights of the reference after three steps', async () => {
    const optimizer = new Optimizer(network.parameters, nesterov());
    for (const { lr, loss_before: lossBefore } of vector.training) {
      const { value, gradients } = differentiate(
        loss,
        network.parameters.map((parameter) => parameter.variable),
      );
      expect((await value.data())[0]).toBeCloseTo(lossBefore, 4);
      optimizer.step(gradients, lr);
      tf.dispose([value, ...gradients.filter((gradient) => gradient !== null)]);
    }
    const saved = await saveState(network);
    for (const [name, expected] of tensors('weights_after_3_steps')) {
      expect(largestDifference(saved.get(name)!.data as Float32Array, expected.data)).toBeLessThan(1e-4);
    }
    const after = infer(loss);
    expect((await after.data())[0]).toBeCloseTo(vector.loss_after_3_steps, 4);
    after.dispose();
    optimizer.dispose();
  });
});

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { formulaInput, formulaValues, formulaWeights } from '@fractura/testing';
import { useEngine } from '@fractura/tfjs-engine';
import {
  adam,
  crossEntropy,
  differentiate,
  infer,
  MixedPrecision,
  Optimizer,
  saveState,
  toTorchValues,
  trainingStep,
  type StateDict,
} from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { buildResnet, loadWeights, type Resnet } from '../../src/index.js';
import { readGolden, type EvalVector, type StateVector, type TrainVector } from '../support/golden.js';

const weights = new Map<number, StateDict>();
const built = new Map<number, Resnet>();

beforeAll(() => useEngine({ prefer: 'wasm' }));
afterAll(() => {
  for (const network of built.values()) {
    network.dispose();
  }
});

/** Made once per depth, since that takes longest; the weights are the reference's each time. */
function referenceNetwork(depth: 18 | 50, seed: number): Resnet {
  const ours = weights.get(depth) ?? formulaWeights(readGolden(`resnet${depth}_state.json`) as StateVector[], seed);
  weights.set(depth, ours);
  const network = built.get(depth) ?? buildResnet({ depth, inputChannels: 3, classes: 2, weights: ours });
  if (built.has(depth)) {
    loadWeights(network, ours);
  }
  built.set(depth, network);
  return network;
}

const norm = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

test("the formula gives the reference's numbers", () => {
  const { table } = readGolden('formula.json') as { table: { k: number; seed: number; r: number[] }[] };
  for (const { k, seed, r } of table) {
    expect([...formulaValues(16, k, seed)]).toEqual(r);
  }
});

jest.setTimeout(120_000);

/** The inputs of 224 x 224 take most of a minute; they run when asked for. */
const runsAll = process.env.FRACTURA_ALL_VECTORS === '1';
const isSmall = ({ shape }: EvalVector['inputs'][number]) => shape[2] * shape[3] < 10_000;

describe.each([18, 50] as const)('ResNet-%i in eval mode', (depth) => {
  const { seed, inputs } = readGolden(`resnet${depth}_eval.json`) as EvalVector;

  test("has torchvision's state dict, name for name", () => {
    const { state } = referenceNetwork(depth, seed);
    const ours = state.map((entry) => [entry.name, 'count' in entry ? [] : entry.torchShape]);
    const expected = readGolden(`resnet${depth}_state.json`) as StateVector[];
    expect(ours).toEqual(expected.map(([name, shape]) => [name, shape]));
  });

  test.each(inputs.filter((input) => runsAll || isSmall(input)))(
    "gives torchvision's logits for an input of $shape",
    ({ shape, k, logits }) => {
      const network = referenceNetwork(depth, seed);
      const image = formulaInput(shape, k, seed);
      const input = tf.tensor4d(image.data, image.shape);
      const output = infer(() => network.forward(input));
      output.dataSync().forEach((value, i) => {
        expect(Math.abs(value - logits.flat()[i])).toBeLessThan(1e-4);
      });
      tf.dispose([input, output]);
    },
  );
});

describe('ResNet-18 in training', () => {
  const { seed, input, labels, optimizer, float32 } = readGolden('resnet18_train_lr1e-5.json') as TrainVector;
  const image = formulaInput(input.shape, input.k, seed);

  test("has PyTorch's loss, gradients and running statistics after the first pass", async () => {
    const network = referenceNetwork(18, seed);
    const { parameters, state } = network;
    const images = tf.tensor4d(image.data, image.shape);
    const variables = parameters.map(({ variable }) => variable);
    const { value, gradients } = differentiate(
      () => crossEntropy(network.forward(images, { training: true }), labels),
      variables,
    );
    expect(Math.abs(value.dataSync()[0] - float32.losses[0])).toBeLessThan(1e-5);
    expect(parameters.map(({ name }) => name)).toEqual(Object.keys(float32.grad_l2));
    for (const [i, { name }] of parameters.entries()) {
      const values = await toTorchValues(gradients[i]!);
      expect(Math.abs(norm(values) / float32.grad_l2[name] - 1)).toBeLessThan(1e-4);
      float32.grad_first4[name].forEach((expected, e) => {
        expect(Math.abs(values[e] - expected)).toBeLessThan(1e-4 * float32.grad_l2[name]);
      });
    }
    for (const [name, expected] of Object.entries(float32.running)) {
      const entry = state.find((each) => each.name === name)!;
      if ('count' in entry) {
        throw new Error(`${name} is no tensor`);
      }
      expect(Math.abs(norm(entry.variable.dataSync() as Float32Array) / expected.l2 - 1)).toBeLessThan(1e-5);
    }
    tf.dispose([images, value, ...gradients.map((gradient) => gradient!)]);
  });

  test("has PyTorch's losses over three Adam steps", async () => {
    const resnet = referenceNetwork(18, seed);
    const descent = new Optimizer(resnet.parameters, adam());
    const images = tf.tensor4d(image.data, image.shape);
    const precision = new MixedPrecision('float32');
    for (const expected of float32.losses) {
      const loss = await trainingStep({
        precision,
        optimizer: descent,
        learningRate: optimizer.lr,
        loss: () => crossEntropy(resnet.forward(images, { training: true }), labels),
      });
      expect(Math.abs(loss / expected - 1)).toBeLessThan(1e-3);
    }
    descent.dispose();
    images.dispose();
    expect((await saveState(resnet)).get('layer4.1.bn2.num_batches_tracked')!.data).toEqual(BigInt64Array.of(3n));
  });

  test('gives weights back as they came', async () => {
    const saved = await saveState(referenceNetwork(18, seed));
    for (const [name, , first] of readGolden('resnet18_state.json') as StateVector[]) {
      expect(Array.from(saved.get(name)!.data.subarray(0, first.length), Number)).toEqual(first);
    }
  });
});

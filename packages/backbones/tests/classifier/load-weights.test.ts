import { join } from 'node:path';
import { formulaInput, formulaWeights, temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, jest, test } from '@jest/globals';
import { useEngine } from '@fractura/tfjs-engine';
import { infer, type StateDict } from '@fractura/tfjs-training';
import { readWeights } from '@fractura/tfjs-training/checkpoints';
import { OrderedDict, writeTorchFile } from '@fractura/torch-weights';
import * as tf from '@tensorflow/tfjs';
import { buildEfficientnetLite, buildResnet, loadWeights, type Resnet } from '../../src/index.js';
import { readGolden, type StateVector } from '../support/golden.js';

jest.setTimeout(30_000);

const weights: StateDict = formulaWeights(readGolden('resnet18_state.json') as StateVector[], 1);
let root: string;
let network: Resnet;
beforeAll(async () => {
  await useEngine({ prefer: 'wasm' });
  root = await temporaryFolder('resnet-');
  network = buildResnet({ inputChannels: 3, classes: 2, weights });
});

function logits(of: Resnet, data: Float32Array, channels: number): number[] {
  const image = tf.tensor4d(data, [1, 64, 64, channels]);
  const output = infer(() => of.forward(image));
  const values = [...output.dataSync()];
  tf.dispose([image, output]);
  return values;
}

const { data: colour } = formulaInput([1, 3, 64, 64], 0, 1);
const grey = colour.filter((_, i) => i % 3 === 0);
const repeated = (channels: number) =>
  Float32Array.from({ length: grey.length * channels }, (_, i) => grey[Math.floor(i / channels)]);

test('a .pth checkpoint of a parallel module is loaded', async () => {
  const file = join(root, 'checkpoint.pth');
  const stateDict = new OrderedDict(
    [...weights].map(([name, { shape, data }]) => [`module.${name}`, { shape: [...shape], data }]),
  );
  await writeTorchFile(file, { epoch: 3, state_dict: stateDict });
  const other = buildResnet({ inputChannels: 3, classes: 2, seed: 5 });
  loadWeights(other, await readWeights(file));
  expect(logits(other, colour, 3)).toEqual(logits(network, colour, 3));
  other.dispose();
});

test.each([1, 2])('weights for three channels are adapted to %i so that equal channels give the same', (channels) => {
  const adapted = buildResnet({ inputChannels: channels, classes: 2, weights: firstLayerOf(channels) });
  loadWeights(adapted, weights, { adaptChannels: true });
  const expected = logits(network, repeated(3), 3);
  logits(adapted, repeated(channels), channels).forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-4);
  });
  adapted.dispose();
});

/** The weights with a first kernel of zeros for so many channels. */
function firstLayerOf(channels: number): StateDict {
  const kernel = { shape: [64, channels, 7, 7], data: new Float32Array(64 * channels * 49) };
  return new Map(weights).set('conv1.weight', kernel);
}

test.each([
  ['another tensor', new Map(weights).set('extra', weights.get('fc.bias')!), 'weights-unexpected', 'extra'],
  [
    'a missing tensor',
    new Map([...weights].filter(([name]) => name !== 'layer2.0.bn1.bias')),
    'weights-missing',
    'layer2.0.bn1.bias',
  ],
  ['another shape', firstLayerOf(2), 'weights-shape', 'conv1.weight'],
])('weights with %s are refused and change nothing', (_, given, code, name) => {
  const before = logits(network, colour, 3);
  const load = () => {
    loadWeights(network, given);
  };
  expect(load).toThrow(expect.objectContaining({ code, message: expect.stringContaining(name) }));
  expect(logits(network, colour, 3)).toEqual(before);
});

test('weights of an encoder, which has no last convolution, leave the network its own', () => {
  const network = buildEfficientnetLite({ version: 0, inputChannels: 1, classes: 2, seed: 4 });
  const valueOf = (name: string) => [...network.parameters.find((each) => each.name === name)!.variable.dataSync()];
  const own = valueOf('_conv_head.weight');
  const published = formulaWeights(readGolden('efficientnet_lite0_state.json') as StateVector[], 2);
  const encoder = new Map([...published].filter(([name]) => !/^_(conv_head|bn1|fc)\./.test(name)));
  const load = (keepHead: boolean) => {
    loadWeights(network, encoder, { keepHead, adaptChannels: true });
  };
  expect(() => {
    load(false);
  }).toThrow(expect.objectContaining({ code: 'weights-missing' }));
  load(true);
  expect(valueOf('_conv_head.weight')).toEqual(own);
  expect(valueOf('_bn0.weight')).toEqual([...published.get('_bn0.weight')!.data].map(Number));
  network.dispose();
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';
import { encodeGraphModel, encodeOnnx, type EncodedGraphModel } from '../../src/index.js';
import { readArchitecture } from '@fractura/nnunet-format';
import { useWasm } from '../support/engine.js';
import { largestDifference, toChannelsFirst, toChannelsLast } from '../support/layout.js';
import { readNetworkVector } from '../support/reference-network.js';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fractura-export-'));
  await useWasm();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What TensorFlow.js computes of `[batch, channels, ...]`, channels first again. */
async function logitsOf(
  { modelJson, shards }: EncodedGraphModel,
  input: { data: Float32Array; shape: number[] },
): Promise<Float32Array> {
  const [{ paths, weights }] = modelJson.weightsManifest;
  const weightData = Uint8Array.from(paths.flatMap((path) => [...shards.get(path)!])).buffer;
  const model = await tf.loadGraphModel({
    load: () => Promise.resolve({ ...modelJson, weightSpecs: weights, weightData }),
  });
  const { data, shape } = toChannelsLast(input.data, input.shape);
  const logits = model.predict(tf.tensor(data, shape)) as tf.Tensor;
  model.dispose();
  return toChannelsFirst(await logits.data(), logits.shape);
}

describe.each(['plain2d', 'resenc2d', 'plain3d_aniso'])('the reference network %s exported', (name) => {
  const { vector, array, tensors } = readNetworkVector(name);
  const input = array('input');
  const expected = array('output0');
  const options = {
    architecture: readArchitecture({ network_class_name: vector.architecture, arch_kwargs: vector.arch_kwargs }),
    inputChannels: vector.input_channels,
    outputChannels: vector.num_classes,
    weights: tensors('weights'),
  };

  test('as ONNX gives the reference logits in onnxruntime', () => {
    const [model, from, to] = ['onnx', 'in', 'out'].map((ending) => join(folder, `${name}.${ending}`));
    writeFileSync(model, encodeOnnx({ ...options, metadata: { preprocessing: '{}' } }));
    writeFileSync(from, new Uint8Array(input.data.buffer, input.data.byteOffset, input.data.byteLength));
    const script = fileURLToPath(new URL('../support/run-onnx.mjs', import.meta.url));
    const dims = execFileSync(process.execPath, [script, model, from, to, input.shape.join()], { encoding: 'utf8' });
    expect(JSON.parse(dims)).toEqual(expected.shape);
    const bytes = readFileSync(to);
    const logits = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    expect(largestDifference(logits, expected.data)).toBeLessThan(1e-4);
  });

  test.each([
    ['float32', 1e-4],
    ['float16', 0.02],
  ] as const)(
    'as a graph model with kernels in %s gives the reference logits within %d',
    async (kernels, tolerance) => {
      const encoded = encodeGraphModel({ ...options, patchSize: input.shape.slice(2), kernels, metadata: {} });
      const logits = await logitsOf(encoded, input);
      expect(largestDifference(logits, expected.data)).toBeLessThan(tolerance);
    },
  );

  test('its file is about half as large with kernels in float16', () => {
    const [whole, half] = (['float32', 'float16'] as const).map((kernels) => {
      const { shards } = encodeGraphModel({ ...options, patchSize: input.shape.slice(2), kernels });
      return [...shards.values()].reduce((sum, { length }) => sum + length, 0);
    });
    expect(half / whole).toBeLessThan(0.6);
  });
});

test('weights that lack a tensor are refused by its name', () => {
  const { vector, tensors } = readNetworkVector('plain2d');
  const architecture = readArchitecture({ network_class_name: vector.architecture, arch_kwargs: vector.arch_kwargs });
  const [, ...rest] = tensors('weights');
  const weights = new Map(rest);
  const options = { architecture, inputChannels: 1, outputChannels: 3, weights };
  expect(() => encodeOnnx(options)).toThrow('encoder.stages.0.0.convs.0.conv.weight');
  expect(() => encodeGraphModel({ ...options, patchSize: [16, 24] })).toThrow('encoder.stages.0.0.convs.0.conv.weight');
});

test.each([
  [{ network_class_name: 'PlainConvUNet', arch_kwargs: {} }, /that of a plan, not of a network/],
  [null, /The architecture is null/],
  ['plain', /The architecture is "plain"/],
])('%j is no architecture to export', (architecture, says) => {
  const options = { architecture, inputChannels: 1, outputChannels: 2, weights: new Map() } as never;
  expect(() => encodeOnnx(options)).toThrow(expect.objectContaining({ code: 'architecture-invalid' }));
  expect(() => encodeOnnx(options)).toThrow(says);
});

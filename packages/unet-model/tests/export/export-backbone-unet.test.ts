import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@fractura/testing';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { infer, saveState, type StateDict } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { encodeGraphModel } from '../../src/export/encode-graph-model.js';
import { encodeOnnx } from '../../src/export/encode-onnx.js';
import { buildBackboneUnet, type BackboneUnet } from '../../src/network/build-backbone-unet.js';
import { useWasm } from '../support/engine.js';
import { largestDifference, toChannelsFirst } from '../support/layout.js';

jest.setTimeout(60_000);

let folder: string;
beforeAll(async () => {
  await useWasm();
  folder = await temporaryFolder('unet-export-');
});

/** ResNet-50's 25 million weights take most of a minute; they run when asked for. */
const runsAll = process.env.FRACTURA_ALL_VECTORS === '1';
const exported = [
  ['resnet18', 'full'],
  ['efficientnet-lite0', 'full'],
  ['efficientnet-lite0', 'half'],
  ['resnet50', 'full'],
] as const;

describe.each(exported.filter(([backbone]) => runsAll || backbone !== 'resnet50'))(
  'a U-Net on %s with logits of %s size exported',
  (backbone, outputSize) => {
    let network: BackboneUnet;
    let weights: StateDict;
    let x: tf.Tensor4D;
    let expected: { logits: tf.Tensor; presence: tf.Tensor };

    beforeAll(async () => {
      network = buildBackboneUnet({
        backbone,
        outputSize,
        inputChannels: 1,
        outputChannels: 2,
        presence: 2,
        decoderChannels: [24, 16, 12, 8],
        seed: 4,
      });
      x = tf.randomUniform([1, 64, 96, 1], -1, 2, 'float32', 3);
      // Statistics of a batch, so that norms do something.
      tf.dispose(infer(() => network.forward(x, { training: true }).logits));
      tf.dispose(infer(() => network.forward(x, { training: true }).logits));
      const [logits, presence] = infer(() => {
        const output = network.forward(x);
        return [output.logits[0], output.presence!];
      });
      expected = { logits, presence };
      weights = await saveState(network);
    });
    afterAll(() => {
      network.dispose();
      tf.dispose([x, expected.logits, expected.presence]);
    });

    test('as ONNX gives its logits and presence in onnxruntime', async () => {
      const { architecture, inputChannels, outputChannels } = network;
      const [model, from, to] = ['onnx', 'in', 'out'].map((ending) =>
        join(folder, `${backbone}-${outputSize}.${ending}`),
      );
      writeFileSync(model, encodeOnnx({ architecture, inputChannels, outputChannels, weights }));
      const input = toChannelsFirst(await x.data(), x.shape);
      writeFileSync(from, new Uint8Array(input.buffer));
      const script = fileURLToPath(new URL('../support/run-onnx.mjs', import.meta.url));
      for (const [name, tensor] of Object.entries(expected)) {
        const dims = execFileSync(process.execPath, [script, model, from, to, '1,1,64,96', name], { encoding: 'utf8' });
        const [batch, ...rest] = tensor.shape;
        expect(JSON.parse(dims)).toEqual([batch, rest.at(-1), ...rest.slice(0, -1)]);
        const bytes = readFileSync(to);
        const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
        expect(largestDifference(values, toChannelsFirst(await tensor.data(), tensor.shape))).toBeLessThan(1e-4);
      }
    });

    test('as a graph model gives its logits and presence in TensorFlow.js', async () => {
      const { architecture, inputChannels, outputChannels } = network;
      const { modelJson, shards } = encodeGraphModel({
        architecture,
        inputChannels,
        outputChannels,
        weights,
        patchSize: [64, 96],
      });
      const manifest = modelJson.weightsManifest[0];
      const bytes = Buffer.concat(manifest.paths.map((path) => shards.get(path)!));
      const weightData = Uint8Array.from(bytes).buffer;
      const weightSpecs = manifest.weights as tf.io.WeightsManifestEntry[];
      const model = await tf.loadGraphModel({ load: () => Promise.resolve({ ...modelJson, weightSpecs, weightData }) });
      const [logits, presence] = model.execute(x, ['logits', 'presence']) as tf.Tensor[];
      expect(logits.shape).toEqual(expected.logits.shape);
      expect(largestDifference(await logits.data(), await expected.logits.data())).toBeLessThan(1e-4);
      expect(largestDifference(await presence.data(), await expected.presence.data())).toBeLessThan(1e-4);
      expect(modelJson.modelTopology.node.some(({ op }) => op.includes('BatchNorm'))).toBe(false);
      tf.dispose([logits, presence]);
      model.dispose();
    });

    test('without a tensor of a norm is refused by its name', () => {
      const { architecture, inputChannels, outputChannels } = network;
      const rest = new Map([...weights].filter(([name]) => name !== 'decoder.0.bn1.running_var'));
      expect(() => encodeOnnx({ architecture, inputChannels, outputChannels, weights: rest })).toThrow(
        'decoder.0.bn1.running_var',
      );
    });
  },
);

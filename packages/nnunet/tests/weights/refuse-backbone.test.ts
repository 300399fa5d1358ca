import { expect, test } from '@jest/globals';
import { requireNnunetNetwork } from '../../src/weights/to-nnunet-checkpoint.js';

const tensor = { shape: [1], data: Float32Array.of(1) };

test.each([
  ['encoder._conv_stem.weight', 'EfficientNet-Lite'],
  ['encoder.conv1.weight', 'ResNet'],
])('a network with %s is refused as one on the backbone %s', (name, backbone) => {
  expect(() => {
    requireNnunetNetwork(new Map([[name, tensor]]), 'checkpoint_final.safetensors');
  }).toThrow(`checkpoint_final.safetensors is a U-Net on the backbone ${backbone}, which nnU-Net cannot build.`);
});

test("a network of nnU-Net's own is not refused", () => {
  const weights = new Map([['encoder.stages.0.0.convs.0.conv.weight', tensor]]);
  expect(() => {
    requireNnunetNetwork(weights, 'checkpoint_final.safetensors');
  }).not.toThrow();
});

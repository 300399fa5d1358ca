import { expect, test } from '@jest/globals';
import { describeArchitecture, divisors, readArchitecture } from '../../src/index.js';

const network = {
  residualEncoder: false,
  featuresPerStage: [32, 64, 128],
  kernelSizes: [
    [1, 3, 3],
    [3, 3, 3],
    [3, 3, 3],
  ],
  strides: [
    [1, 1, 1],
    [1, 2, 2],
    [2, 2, 2],
  ],
  perStage: [2, 2, 2],
  perDecoderStage: [2, 2],
};

test.each([true, false])('a network that is described is read again (residual encoder: %s)', (residualEncoder) => {
  const architecture = readArchitecture(describeArchitecture({ ...network, residualEncoder }));
  expect(architecture).toEqual({
    encoder: residualEncoder ? 'residual' : 'plain',
    spatialRank: 3,
    features: [32, 64, 128],
    kernelSizes: network.kernelSizes,
    strides: network.strides,
    encoderDepths: [2, 2, 2],
    decoderDepths: [2, 2],
    convolutionBias: true,
    normEpsilon: 1e-5,
  });
  expect(divisors(architecture)).toEqual([2, 4, 4]);
});

const block = describeArchitecture(network);
test.each([
  [{ ...block, network_class_name: 'monai.SwinUNETR' }, 'network_class_name "monai.SwinUNETR"'],
  [
    { ...block, arch_kwargs: { ...block.arch_kwargs, norm_op: 'torch.nn.BatchNorm3d' } },
    'norm_op "torch.nn.BatchNorm3d"',
  ],
  [
    { ...block, arch_kwargs: { ...block.arch_kwargs, dropout_op: 'torch.nn.Dropout' } },
    'dropout_op "torch.nn.Dropout"',
  ],
])('a network that nnU-Net’s planners do not choose is refused by name', (other, message) => {
  expect(() => readArchitecture(other)).toThrow(message);
});

test.each([
  [{ strides: [1, 2] }, 'strides is [1,2]; it needs one number or 3 entries'],
  [{ kernel_sizes: [[3, 3], 3, 3] }, 'kernel_sizes holds [3,3]; a 3D network needs 3 numbers'],
  [{ features_per_stage: [32, 64, 0] }, 'features_per_stage holds 0; it needs whole numbers of at least 1'],
])('numbers that do not make a network are refused by name', (wrong, message) => {
  const other = { ...block, arch_kwargs: { ...block.arch_kwargs, ...wrong } };
  expect(() => readArchitecture(other)).toThrow(message);
});

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
    negativeSlope: 0.01,
    nonlinFirst: false,
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

const withKwargs = (changes: Record<string, unknown>) => ({
  ...block,
  arch_kwargs: { ...block.arch_kwargs, ...changes },
});

test('the slope of the activation, its place and the bias are those of the plan, else those of the constructor', () => {
  const changed = { nonlin_kwargs: { negative_slope: 0.2 }, nonlin_first: true, conv_bias: undefined };
  expect(readArchitecture(withKwargs(changed))).toMatchObject({
    negativeSlope: 0.2,
    nonlinFirst: true,
    convolutionBias: false,
  });
  expect(readArchitecture(withKwargs({ nonlin: 'torch.nn.ReLU', nonlin_kwargs: null }))).toMatchObject({
    negativeSlope: 0,
  });
});

test.each([
  [{ squeeze_excitation: true }, 'arch_kwargs.squeeze_excitation true'],
  [{ n_blocks_per_stage: [2, 2, 2] }, 'arch_kwargs.n_blocks_per_stage'],
  [{ nonlin: 'torch.nn.GELU' }, 'nonlin "torch.nn.GELU"'],
  [{ nonlin_kwargs: { slope: 0.1 } }, 'nonlin_kwargs.slope 0.1'],
  [{ nonlin_kwargs: { negative_slope: -1 } }, 'nonlin_kwargs.negative_slope -1'],
  [{ norm_op_kwargs: { eps: 1e-5 } }, 'norm_op_kwargs.affine false'],
  [{ norm_op_kwargs: { affine: true, track_running_stats: true } }, 'norm_op_kwargs.track_running_stats true'],
  [{ norm_op_kwargs: { affine: true, gamma: 1 } }, 'norm_op_kwargs.gamma 1'],
  [{ strides: [2, 2, 2] }, 'strides'],
  [{ kernel_sizes: [2, 3, 3] }, 'kernel_sizes'],
  [{ conv_bias: 'yes' }, 'conv_bias is "yes"'],
  [{ n_stages: 1 }, 'n_stages 1'],
  [{ n_stages: 1e9 }, 'n_stages holds 1000000000'],
  [{ nonlin_kwargs: 3 }, 'nonlin_kwargs is 3'],
])('the argument %j is refused by name', (changes, message) => {
  expect(() => readArchitecture(withKwargs(changes))).toThrow(message);
});

test('a residual encoder takes no nonlin_first, and only its basic block', () => {
  const residual = describeArchitecture({ ...network, residualEncoder: true });
  const read = (changes: Record<string, unknown>) => () =>
    readArchitecture({ ...residual, arch_kwargs: { ...residual.arch_kwargs, ...changes } });
  expect(read({ nonlin_first: false })).toThrow('arch_kwargs.nonlin_first');
  expect(read({ block: 'residual.BottleneckD' })).toThrow('block "residual.BottleneckD"');
  expect(read({ stem_channels: 16 })).toThrow('stem_channels 16');
  expect(read({ block: 'residual.BasicBlockD', stem_channels: 32, bottleneck_channels: null })()).toMatchObject({
    encoder: 'residual',
  });
});

test.each([
  [{ strides: [1, 2] }, 'strides is [1,2]; it needs one number or 3 entries'],
  [{ kernel_sizes: [[3, 3], 3, 3] }, 'kernel_sizes holds [3,3]; a 3D network needs 3 numbers'],
  [{ features_per_stage: [32, 64, 0] }, 'features_per_stage holds 0; it needs whole numbers of at least 1'],
])('numbers that do not make a network are refused by name', (wrong, message) => {
  const other = { ...block, arch_kwargs: { ...block.arch_kwargs, ...wrong } };
  expect(() => readArchitecture(other)).toThrow(message);
});

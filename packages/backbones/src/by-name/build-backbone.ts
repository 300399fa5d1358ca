import type { Initialiser, ParameterScope, StateDict, StateTensor } from '@fractura/tfjs-training';
import type { BackboneDescription } from '../description/backbone-description.js';
import type { Backbone } from '../backbone/backbone.js';
import type { EfficientnetLiteVersion } from '../efficientnet-lite/architecture.js';
import { describeEfficientnetLite } from '../efficientnet-lite/describe-efficientnet-lite.js';
import { efficientnetLiteBackbone } from '../efficientnet-lite/efficientnet-lite-backbone.js';
import { efficientnetInitialiser } from '../efficientnet-lite/initial-values.js';
import type { ResnetDepth } from '../resnet/architecture.js';
import { adaptInput } from '../backbone/adapt-input.js';
import { torchvisionInitialiser } from '../resnet/initial-values.js';
import { describeResnet } from '../resnet/describe-resnet.js';
import { resnetBackbone } from '../resnet/resnet-backbone.js';
import { readBackboneName, type BackboneName } from './backbone-names.js';

/** What callers need of a family of networks. */
interface Family {
  build: (scope: ParameterScope, inputChannels: number) => Backbone;
  describe: (names: { input: string; prefix: string }) => BackboneDescription;
  initialiser: (seed: number) => Initialiser;
  /** Name of the kernel that reads the image. */
  firstKernel: string;
  /** Whether a tensor of the published network is of its classifying head. */
  isOfHead: (name: string) => boolean;
}

export interface BuildBackboneOptions {
  name: BackboneName;
  inputChannels: number;
}

/**
 * A network's convolutional part by the network's name, in a scope of the network that it becomes part of.
 *
 * @throws BackbonesError `backbone-unknown`
 */
export function buildBackbone(scope: ParameterScope, { name, inputChannels }: BuildBackboneOptions): Backbone {
  return familyOf(name).build(scope, inputChannels);
}

/**
 * The initial weights that the network is published with; names of tensors do not matter, so that it serves within any scope.
 *
 * @throws BackbonesError `backbone-unknown`
 */
export function backboneInitialiser(name: BackboneName, seed: number): Initialiser {
  return familyOf(name).initialiser(seed);
}

/**
 * Of a published network's weights those of its backbone, under their names, with the first kernel adapted to so many input channels
 * as {@link loadWeights} adapts it.
 *
 * @throws BackbonesError `backbone-unknown`
 */
export function backboneWeights(
  weights: StateDict,
  { name, inputChannels }: BuildBackboneOptions,
): Map<string, StateTensor> {
  const { firstKernel, isOfHead } = familyOf(name);
  return new Map(
    [...weights]
      .map(([key, tensor]) => [key.replace(/^module\./, ''), tensor] as const)
      .filter(([key]) => !isOfHead(key))
      .map(([key, tensor]) => [key, key === firstKernel ? adaptInput(tensor, inputChannels) : tensor]),
  );
}

export interface DescribeBackboneOptions {
  name: BackboneName;
  /** Name of the value that the backbone reads. */
  input: string;
  /** Before the names of its tensors and values, such as `encoder.`. */
  prefix: string;
}

/**
 * The operations of a backbone as plain data, for formats that other runtimes execute.
 *
 * @throws BackbonesError `backbone-unknown`
 */
export function describeBackbone({ name, ...names }: DescribeBackboneOptions): BackboneDescription {
  return familyOf(name).describe(names);
}

function familyOf(name: BackboneName): Family {
  const network = readBackboneName(name);
  return network.family === 'resnet' ? resnet(network.size) : efficientnetLite(network.size);
}

const resnet = (depth: ResnetDepth): Family => ({
  build: (scope, inputChannels) => resnetBackbone(scope, { depth, inputChannels }),
  describe: (names) => describeResnet(depth, names),
  // The head, whose width the second argument is, is not built.
  initialiser: (seed) => torchvisionInitialiser(seed, 1),
  firstKernel: 'conv1.weight',
  isOfHead: (key) => key.startsWith('fc.'),
});

const efficientnetLite = (version: EfficientnetLiteVersion): Family => ({
  build: (scope, inputChannels) => efficientnetLiteBackbone(scope, { version, inputChannels }),
  describe: (names) => describeEfficientnetLite(version, names),
  initialiser: efficientnetInitialiser,
  firstKernel: '_conv_stem.weight',
  isOfHead: (key) => /^_(conv_head|bn1|fc)\./.test(key),
});

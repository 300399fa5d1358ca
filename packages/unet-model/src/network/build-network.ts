import {
  countInputChannels,
  readLabels,
  type ChannelDeclaration,
  type NetworkConfiguration,
} from '@fractura/nnunet-format';
import type { StateDict } from '@fractura/tfjs-training';
import type { BackboneUnetArchitecture } from './backbone-unet-architecture.js';
import { buildBackboneUnet, type BuildBackboneUnetOptions } from './build-backbone-unet.js';
import { buildUnet } from './build-unet.js';
import type { SegmentationNetwork } from './segmentation-network.js';

/** A U-Net on a backbone, whatever data it is for: plain data that a checkpoint carries. */
export interface BackboneChoice extends Pick<BackboneUnetArchitecture, 'backbone' | 'decoderChannels'> {
  /** Whether a head tells of each foreground class whether the image has any of it. Default false. */
  presence?: boolean;
}

/** A network to train: the plan's own, or a U-Net on a backbone. */
export type NetworkChoice = 'plan' | BackboneChoice;

/** Which network, for which data. */
export interface BuildNetworkOptions extends Pick<
  BuildBackboneUnetOptions,
  'backboneWeights' | 'frozenStride' | 'outputSize' | 'seed'
> {
  /** A configuration of the plans, resolved. */
  plan: NetworkConfiguration;
  /** nnU-Net's `dataset.json`. */
  datasetJson: ChannelDeclaration;
  /** Default `plan`: the plan's own network. */
  network?: NetworkChoice;
  /** Initial bias of each foreground class in a backbone network's segmentation head. Default 0. */
  foregroundBias?: number;
  /** A trained network's `state_dict`. */
  weights?: StateDict;
}

/**
 * The network that a checkpoint or a recipe names, with the channels of a data set. Whoever built it disposes it.
 *
 * @throws as `buildUnet` and `buildBackboneUnet`
 */
export function buildNetwork({
  plan,
  datasetJson,
  network = 'plan',
  foregroundBias = 0,
  weights,
  ...options
}: BuildNetworkOptions): SegmentationNetwork {
  const labels = readLabels(datasetJson);
  const inputChannels = countInputChannels(plan, datasetJson);
  const outputChannels = labels.segmentationHeads;
  if (network === 'plan') {
    const { architecture } = plan;
    return buildUnet({ architecture, inputChannels, outputChannels, seed: options.seed, weights });
  }
  const foreground = new Set(labels.foreground.map(({ channel }) => channel));
  return buildBackboneUnet({
    ...options,
    backbone: network.backbone,
    decoderChannels: network.decoderChannels,
    presence: network.presence === true ? labels.foreground.length : 0,
    inputChannels,
    outputChannels,
    segmentationBias: Array.from({ length: outputChannels }, (_, channel) =>
      foreground.has(channel) ? foregroundBias : 0,
    ),
    weights,
  });
}

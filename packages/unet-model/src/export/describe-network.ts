import type { NetworkArchitecture } from '../network/segmentation-network.js';
import { describeBackboneUnet } from './describe-backbone-unet.js';
import { describeUnet } from './describe-unet.js';
import type { NetworkGraph } from './network-graph.js';

/** Describes a network as a list of operations, for formats that other runtimes execute. */
export function describeNetwork(architecture: NetworkArchitecture, outputChannels: number): NetworkGraph {
  return 'backbone' in architecture
    ? describeBackboneUnet(architecture, outputChannels)
    : describeUnet(architecture, outputChannels);
}

import type { SegmentationNetwork } from './segmentation-network.js';
import { stateDictNames } from './state-dict-names.js';

/** All names under which a checkpoint may hold tensors of a network, nnU-Net's aliases included. */
export function networkTensors({ architecture, state }: SegmentationNetwork): string[] {
  const own = state.map(({ name }) => name);
  return 'backbone' in architecture ? own : stateDictNames(own, architecture).map(({ name }) => name);
}

import { BackbonesError } from '../errors.js';

export const resnetDepths = [18, 34, 50, 101, 152] as const;

/** Layers with weights, as the networks are called. */
export type ResnetDepth = (typeof resnetDepths)[number];

/** What distinguishes the networks of one family. */
export interface ResnetArchitecture {
  block: 'basic' | 'bottleneck';
  /** Blocks in layer1 to layer4. */
  blocks: readonly [number, number, number, number];
  /** Channels that a block gives for each of its width: 1, or 4 for bottlenecks. */
  expansion: 1 | 4;
}

/** Width of the blocks in layer1 to layer4. */
export const layerWidths = [64, 128, 256, 512] as const;

/**
 * Block kind and counts of a depth.
 *
 * @throws BackbonesError `depth-unsupported`
 * @see He et al., arXiv:1512.03385, table 1
 */
export function architectureOf(depth: ResnetDepth): ResnetArchitecture {
  switch (depth) {
    case 18:
      return { block: 'basic', blocks: [2, 2, 2, 2], expansion: 1 };
    case 34:
      return { block: 'basic', blocks: [3, 4, 6, 3], expansion: 1 };
    case 50:
      return { block: 'bottleneck', blocks: [3, 4, 6, 3], expansion: 4 };
    case 101:
      return { block: 'bottleneck', blocks: [3, 4, 23, 3], expansion: 4 };
    case 152:
      return { block: 'bottleneck', blocks: [3, 8, 36, 3], expansion: 4 };
    default:
      throw new BackbonesError(`There is no ResNet of depth ${String(depth)}.`, {
        code: 'depth-unsupported',
        remedy: `Choose from ${resnetDepths.join(', ')}.`,
      });
  }
}

import { BackbonesError } from '../errors.js';

export const efficientnetLiteVersions = [0, 1, 2, 3, 4] as const;

/** Which of the five sizes. */
export type EfficientnetLiteVersion = (typeof efficientnetLiteVersions)[number];

/** One inverted bottleneck. */
export interface BlockArchitecture {
  inputs: number;
  outputs: number;
  /** Channels within it for each of its inputs. */
  expansion: 1 | 6;
  kernelSize: 3 | 5;
  strides: 1 | 2;
}

/** Channels of the stem and of the classifier's last convolution, which no version scales. */
export const [stemChannels, headChannels] = [32, 1280] as const;

/** Rounds widths to a multiple of this. */
const divisor = 8;

/** Of the first block of each group: repeats, kernel size, strides, expansion, outputs, as version 0 has them. */
const groups = [
  [1, 3, 1, 1, 16],
  [2, 3, 2, 6, 24],
  [2, 5, 2, 6, 40],
  [3, 3, 2, 6, 80],
  [3, 5, 1, 6, 112],
  [4, 5, 2, 6, 192],
  [1, 3, 1, 6, 320],
] as const;

/**
 * The blocks of a version, in their order: version 0's, wider and repeated more often. The first and the last group are never
 * repeated.
 *
 * @throws BackbonesError `version-unsupported`
 * @see Tan and Le, EfficientNet, arXiv:1905.11946; tensorflow/tpu: efficientnet/lite/efficientnet_lite_builder.py
 */
export function blocksOf(version: EfficientnetLiteVersion): BlockArchitecture[] {
  const { width, depth } = scalingOf(version);
  let inputs: number = stemChannels;
  return groups.flatMap(([count, kernelSize, strides, expansion, outputsOf0], group) => {
    const isScaled = group > 0 && group < groups.length - 1;
    const outputs = roundChannels(outputsOf0 * width);
    return Array.from({ length: isScaled ? Math.ceil(count * depth) : count }, (_, repeat): BlockArchitecture => {
      const block: BlockArchitecture = { inputs, outputs, expansion, kernelSize, strides: repeat === 0 ? strides : 1 };
      inputs = outputs;
      return block;
    });
  });
}

/** To a multiple of 8 that is at most a tenth lower. */
function roundChannels(channels: number): number {
  const rounded = Math.max(divisor, Math.floor((channels + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * channels ? rounded + divisor : rounded;
}

function scalingOf(version: EfficientnetLiteVersion): { width: number; depth: number } {
  switch (version) {
    case 0:
      return { width: 1, depth: 1 };
    case 1:
      return { width: 1, depth: 1.1 };
    case 2:
      return { width: 1.1, depth: 1.2 };
    case 3:
      return { width: 1.2, depth: 1.4 };
    case 4:
      return { width: 1.4, depth: 1.8 };
    default:
      throw new BackbonesError(`There is no EfficientNet-Lite of version ${String(version)}.`, {
        code: 'version-unsupported',
        remedy: `Choose from ${efficientnetLiteVersions.join(', ')}.`,
      });
  }
}

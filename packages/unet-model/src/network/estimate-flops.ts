import { elementCount } from '@fractura/array-files';
import { readArchitecture, type ArchitectureBlock } from '@fractura/nnunet-format';
import { buildUnet } from './build-unet.js';

/** Which network works on which patches. */
export interface EstimateFlopsOptions {
  architecture: ArchitectureBlock;
  inputChannels: number;
  /** Classes including background, or regions. */
  outputChannels: number;
  patchSize: readonly number[];
  batchSize: number;
}

/** Work of one pass over a batch, in 1e9 floating-point operations. */
export interface FlopsEstimate {
  forwardGflop: number;
  /** Forward, and the gradients of inputs and kernels. */
  trainingStepGflop: number;
  /** Trained numbers. */
  parameters: number;
}

/** Counts two operations for each multiplication of the convolutions; norms and activations are left out. */
export function estimateFlops(options: EstimateFlopsOptions): FlopsEstimate {
  const { architecture: block, inputChannels, outputChannels, patchSize, batchSize } = options;
  const { encoder, features, kernelSizes, strides, encoderDepths, decoderDepths } = readArchitecture(block);
  const voxels = voxelsOfStages(patchSize, strides);
  const stages = features.length;
  const convolution = (kernel: number, inputs: number, outputs: number, positions: number) =>
    2 * kernel * inputs * outputs * positions;

  let flops =
    encoder === 'residual' ? convolution(elementCount(kernelSizes[0]), inputChannels, features[0], voxels[0]) : 0;
  for (let stage = 0; stage < stages; stage += 1) {
    const before = stage > 0 ? features[stage - 1] : encoder === 'residual' ? features[0] : inputChannels;
    const [own, kernel, positions] = [features[stage], elementCount(kernelSizes[stage]), voxels[stage]];
    const convolutions = encoderDepths[stage] * (encoder === 'residual' ? 2 : 1);
    flops +=
      convolution(kernel, before, own, positions) + (convolutions - 1) * convolution(kernel, own, own, positions);
    if (encoder === 'residual' && before !== own) {
      flops += convolution(1, before, own, positions);
    }
  }
  for (let level = stages - 2, step = 0; level >= 0; level -= 1, step += 1) {
    const [own, below, kernel, positions] = [
      features[level],
      features[level + 1],
      elementCount(kernelSizes[level]),
      voxels[level],
    ];
    // Each position of the transposed convolution's output stems from one of its input: kernel and stride are equal.
    flops += convolution(1, below, own, positions);
    flops +=
      convolution(kernel, 2 * own, own, positions) +
      (decoderDepths[step] - 1) * convolution(kernel, own, own, positions);
    flops += convolution(1, own, outputChannels, positions);
  }
  const forwardGflop = (flops * batchSize) / 1e9;
  return {
    forwardGflop,
    trainingStepGflop: 3 * forwardGflop,
    parameters: countParameters(block, inputChannels, outputChannels),
  };
}

/** Positions of the feature map of each stage. */
function voxelsOfStages(patchSize: readonly number[], strides: readonly (readonly number[])[]): number[] {
  let size = [...patchSize];
  return strides.map((stride) => {
    size = size.map((extent, axis) => extent / stride[axis]);
    return elementCount(size);
  });
}

function countParameters(architecture: ArchitectureBlock, inputChannels: number, outputChannels: number): number {
  const network = buildUnet({ architecture, inputChannels, outputChannels });
  const count = network.parameters.reduce((sum, { torchShape }) => sum + elementCount(torchShape), 0);
  network.dispose();
  return count;
}

import { dense, globalAveragePool, inSequence, maxPool } from '@fractura/tfjs-training';
import type { Tensor } from '@tensorflow/tfjs';
import { BackbonesError } from '../errors.js';
import { architectureOf, layerWidths, type ResnetDepth } from './architecture.js';
import { convolutionAndNorm } from './convolution-and-norm.js';
import { torchvisionInitialiser, zeros } from './initial-values.js';
import { basicBlock, bottleneck } from './residual-block.js';
import { isStateTensor, isTrained, StateScope, type BatchCounter, type StateTensor } from './state-scope.js';
import { loadWeights, type WeightTensors } from './weights.js';

export interface BuildResnetOptions {
  /** Default 18. */
  depth?: ResnetDepth;
  inputChannels: number;
  classes: number;
  /** Seed of the initial weights; default 0. */
  seed?: number;
  /** Weights to build with, by torchvision's names, in place of initial ones. */
  weights?: WeightTensors | undefined;
}

/** A network with its state. Whoever built it disposes it. */
export interface Resnet {
  readonly depth: ResnetDepth;
  readonly inputChannels: number;
  readonly classes: number;
  /** What an optimizer changes, in torchvision's order and under its names. */
  readonly parameters: readonly StateTensor[];
  /** Everything in torchvision's `state_dict`, in its order: parameters, running statistics, batch counters. */
  readonly state: readonly (StateTensor | BatchCounter)[];
  /**
   * Logits of a batch.
   *
   * @param x `[batch, height, width, channels]`, float32, any size.
   * @param options with `training` the batch norms use the batch's statistics and move the running ones
   * @returns `[batch, classes]`; the caller disposes, or the engine's scope does
   */
  forward(x: Tensor, options?: { training?: boolean }): Tensor;
  /** The last convolutional features, `[batch, height / 32, width / 32, features]`, rounded up; always in eval mode. */
  features(x: Tensor): Tensor;
  /** Logits from the result of {@link Resnet.features}. */
  classify(features: Tensor): Tensor;
  dispose(): void;
}

/**
 * Builds torchvision's `resnet18`, 34, 50, 101 or 152 with its initial weights.
 *
 * @throws BackbonesError `depth-unsupported`, `option-invalid`, `weights-missing`, `weights-unexpected`, `weights-shape`
 * @see He et al., arXiv:1512.03385; torchvision/models/resnet.py
 */
export function buildResnet({ depth = 18, inputChannels, classes, seed = 0, weights }: BuildResnetOptions): Resnet {
  const { block, blocks, expansion } = architectureOf(depth);
  requirePositiveInteger('inputChannels', inputChannels);
  requirePositiveInteger('classes', classes);
  const featureCount = layerWidths[3] * expansion;
  const root = new StateScope(weights ? zeros : torchvisionInitialiser(seed, featureCount));
  const buildBlock = block === 'basic' ? basicBlock : bottleneck;

  const stem = convolutionAndNorm(root, {
    names: ['conv1', 'bn1'],
    inputs: inputChannels,
    outputs: layerWidths[0],
    size: 7,
    strides: 2,
    relu: true,
  });
  let inputs: number = layerWidths[0];
  const residualBlocks = layerWidths.flatMap((width, layer) =>
    Array.from({ length: blocks[layer] }, (_, b) => {
      const strides = b === 0 && layer > 0 ? 2 : 1;
      const built = buildBlock(root.within(`layer${layer + 1}.${b}`), { inputs, width, strides });
      inputs = width * expansion;
      return built;
    }),
  );
  const head = root.within('fc');
  const headKernel = head.make('weight', 'denseKernel', [classes, featureCount]);
  const headBias = head.make('bias', 'denseBias', [classes]);

  const extract = (x: Tensor, training: boolean) =>
    inSequence(x, [
      (images) => stem(images, training),
      (features) => maxPool(features, { size: 3, strides: 2, padding: 1 }),
      ...residualBlocks.map((residual) => (features: Tensor) => residual(features, training)),
    ]);
  const classify = (features: Tensor) => dense(globalAveragePool(features), headKernel, headBias);
  const tensors = root.entries.filter(isStateTensor);

  const network: Resnet = {
    depth,
    inputChannels,
    classes,
    parameters: tensors.filter(({ role }) => isTrained(role)),
    state: root.entries,
    forward: (x, { training = false } = {}) => classify(extract(x, training)),
    features: (x) => extract(x, false),
    classify,
    dispose: () => {
      for (const { variable } of tensors) {
        variable.dispose();
      }
    },
  };
  if (!weights) {
    return network;
  }
  try {
    loadWeights(network, weights);
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}

function requirePositiveInteger(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) {
    return;
  }
  throw new BackbonesError(`${name} is ${value}.`, {
    code: 'option-invalid',
    remedy: 'Give a whole number of at least 1.',
  });
}

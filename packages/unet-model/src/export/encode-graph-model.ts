import type { StateDict } from '@fractura/tfjs-training';
import { foldBatchNorms } from '@fractura/backbones';
import type { NetworkArchitecture } from '../network/segmentation-network.js';
import { encodeWeights, type EncodedWeight, type KernelType } from './encode-weights.js';
import { exportedWeight } from './exported-weight.js';
import { fuseActivations } from './fuse-activations.js';
import { GraphModelNodes, type GraphNode } from './graph-model-nodes.js';
import { describeNetwork } from './describe-network.js';

/** What to export. */
export interface EncodeGraphModelOptions {
  architecture: NetworkArchitecture;
  inputChannels: number;
  outputChannels: number;
  /** Spatial sizes of the input, which are fixed: the windows' of the plan. */
  patchSize: readonly number[];
  /** Under the network's names, in PyTorch's layout. */
  weights: StateDict;
  /** How kernels are stored; in float16 the files are half as large, and results differ a little. Default float32. */
  kernels?: KernelType;
  /** Kept in the model, such as how images are to be preprocessed. */
  metadata?: Readonly<Record<string, object | string | number>>;
}

/** A TensorFlow.js graph model as `tf.loadGraphModel` takes it: `model.json`, and the weights that it names. */
export interface EncodedGraphModel {
  /** Content of `model.json`. */
  modelJson: {
    format: 'graph-model';
    generatedBy: string;
    convertedBy: null;
    modelTopology: { node: GraphNode[]; versions: { producer: number } };
    signature: Record<'inputs' | 'outputs', Record<string, { name: string; dtype: string; tensorShape: object }>>;
    weightsManifest: { paths: string[]; weights: EncodedWeight[] }[];
    userDefinedMetadata?: Record<string, object | string | number>;
  };
  /** Files by the names in the manifest. */
  shards: Map<string, Uint8Array>;
}

/** Browsers keep files of this size in their caches. */
const shardBytes = 4 * 2 ** 20;

/**
 * A network as a graph model for browsers, of stock operations alone: `input` float32
 * `[batch, (depth,) height, width, channels]` of the patch size and any batch, to `logits` `[batch, ..., classes]`, and
 * `presence` `[batch, classes]` where the network has it. Batch norms are folded into the convolutions, which have their bias and
 * activation in one.
 *
 * @throws UnetModelError `weights-missing`
 */
export function encodeGraphModel(options: EncodeGraphModelOptions): EncodedGraphModel {
  const { architecture, inputChannels, outputChannels, patchSize, kernels, metadata } = options;
  const { steps, outputs, folds } = describeNetwork(architecture, outputChannels);
  const weights = foldBatchNorms(options.weights, folds);
  const nodes = new GraphModelNodes({ patchSize, inputChannels, tensor: (name) => exportedWeight(weights, name) });
  const fused = fuseActivations(
    steps,
    outputs.map(({ name }) => name),
  );
  for (const step of fused) {
    nodes.add(step);
  }

  const encoded = encodeWeights(nodes.constants, kernels);
  const { bytes } = encoded;
  const shards = new Map<string, Uint8Array>();
  const count = Math.ceil(bytes.byteLength / shardBytes);
  for (let i = 0; i < count; i += 1) {
    shards.set(`group1-shard${i + 1}of${count}.bin`, bytes.subarray(i * shardBytes, (i + 1) * shardBytes));
  }
  const value = (name: string) => ({
    name: `${name}:0`,
    dtype: 'DT_FLOAT',
    tensorShape: { dim: [-1, ...nodes.shapeOf(name)].map((size) => ({ size: String(size) })) },
  });
  return {
    modelJson: {
      format: 'graph-model',
      generatedBy: '@fractura/unet-model',
      convertedBy: null,
      modelTopology: { node: nodes.nodes, versions: { producer: 1087 } },
      signature: {
        inputs: { input: value('input') },
        outputs: Object.fromEntries(outputs.map(({ name }) => [name, value(name)])),
      },
      weightsManifest: [{ paths: [...shards.keys()], weights: encoded.weights }],
      userDefinedMetadata: metadata,
    },
    shards,
  };
}

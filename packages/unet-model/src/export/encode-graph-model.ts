import type { StateDict } from '@fractura/tfjs-training';
import { foldBatchNorms } from '@fractura/backbones';
import type { NetworkArchitecture } from '../network/segmentation-network.js';
import { exportedWeight } from './exported-weight.js';
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
    weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string }[] }[];
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
 * `presence` `[batch, classes]` where the network has it. Batch norms are folded into the convolutions.
 *
 * @throws UnetModelError `weights-missing`
 */
export function encodeGraphModel(options: EncodeGraphModelOptions): EncodedGraphModel {
  const { architecture, inputChannels, outputChannels, patchSize, metadata } = options;
  const { steps, outputs, folds } = describeNetwork(architecture, outputChannels);
  const weights = foldBatchNorms(options.weights, folds);
  const nodes = new GraphModelNodes({ patchSize, inputChannels, tensor: (name) => exportedWeight(weights, name) });
  for (const step of steps) {
    nodes.add(step);
  }

  const bytes = Buffer.concat(
    nodes.constants.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
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
      weightsManifest: [
        {
          paths: [...shards.keys()],
          weights: nodes.constants.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
        },
      ],
      userDefinedMetadata: metadata,
    },
    shards,
  };
}

import { elementCount } from '@fractura/array-files';
import { importOptional } from '@fractura/tfjs-engine';
import { saveState } from '@fractura/tfjs-training';
import { encodeOnnx, type ForeignNetwork, type SegmentationNetwork } from '@fractura/unet-model';

/** The name of ONNX Runtime among the engines of a prediction. */
export const onnxRuntimeEngine = 'onnxruntime';

const packageName = 'onnxruntime-node';

interface OnnxTensor {
  data: Float32Array;
  dims: readonly number[];
}

interface OnnxSession {
  run: (inputs: Record<string, OnnxTensor>) => Promise<Record<string, OnnxTensor>>;
  release: () => Promise<void>;
}

/** What is used of onnxruntime-node. */
interface OnnxRuntime {
  InferenceSession: { create: (model: Uint8Array, options: { intraOpNumThreads?: number }) => Promise<OnnxSession> };
  Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OnnxTensor;
  env: { versions: { node?: string } };
}

/** Networks that ONNX Runtime computes, on processors. */
export interface OnnxNetworks {
  networks: readonly ForeignNetwork[];
  /** Of ONNX Runtime. */
  version: string;
  dispose: () => Promise<void>;
}

/**
 * Hands networks to ONNX Runtime, as `exportModel` writes them: from then on neither they nor TensorFlow.js compute.
 *
 * onnxruntime-node need not be installed; it is imported here first.
 *
 * @param options `threads` to compute with, default one per core.
 * @throws TfjsEngineError `package-absent`; UnetModelError `too-large`
 */
export async function openOnnxNetworks(
  networks: readonly SegmentationNetwork[],
  { threads }: { threads?: number } = {},
): Promise<OnnxNetworks> {
  const runtime = await importRuntime();
  const sessions: OnnxSession[] = [];
  const dispose = async () => {
    for (const session of sessions) {
      await session.release();
    }
  };
  try {
    for (const network of networks) {
      const { architecture, inputChannels, outputChannels } = network;
      const model = encodeOnnx({ architecture, inputChannels, outputChannels, weights: await saveState(network) });
      const options = threads === undefined ? {} : { intraOpNumThreads: threads };
      sessions.push(await runtime.InferenceSession.create(model, options));
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    networks: networks.map((network, i) => foreignNetwork(network, sessions[i], runtime)),
    version: runtime.env.versions.node ?? 'unknown',
    dispose,
  };
}

async function importRuntime(): Promise<OnnxRuntime> {
  // Its install script fetches libraries for CUDA; those for processors lie in the package.
  const module = await importOptional(packageName, ['--ignore-scripts', packageName]);
  return (module.default ?? module) as OnnxRuntime;
}

function foreignNetwork(
  { spatialRank, inputChannels, outputChannels }: SegmentationNetwork,
  session: OnnxSession,
  { Tensor }: OnnxRuntime,
): ForeignNetwork {
  return {
    spatialRank,
    inputChannels,
    outputChannels,
    predict: async (input, shape) => {
      const [batch, ...rest] = shape;
      const size = rest.slice(0, -1);
      const positions = elementCount(size);
      const values = swapped(input, { batch, rows: positions, columns: inputChannels });
      const outputs = await session.run({ input: new Tensor('float32', values, [batch, inputChannels, ...size]) });
      const logits = swapped(outputs.logits.data, { batch, rows: outputChannels, columns: positions });
      return 'presence' in outputs ? { logits, presence: outputs.presence.data } : { logits };
    },
  };
}

/** `[batch, rows, columns]` to `[batch, columns, rows]`: between channels last and channels first. */
function swapped(
  values: Float32Array,
  { batch, rows, columns }: { batch: number; rows: number; columns: number },
): Float32Array {
  if (rows === 1 || columns === 1) {
    return values;
  }
  const result = new Float32Array(values.length);
  for (let start = 0; start < batch * rows * columns; start += rows * columns) {
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        result[start + column * rows + row] = values[start + row * columns + column];
      }
    }
  }
  return result;
}

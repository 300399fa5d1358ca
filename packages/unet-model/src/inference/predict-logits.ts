import { elementCount } from '@fractura/array-files';
import { infer, type Precision } from '@fractura/tfjs-training';
import * as tf from '@tensorflow/tfjs';
import { UnetModelError } from '../errors.js';
import type { PredictingNetwork, SegmentationOutput } from '../network/segmentation-network.js';
import { averagePredictions, type ForeignNetwork, type PredictedLogits } from './foreign-network.js';
import { gaussianImportanceMap } from './importance-map.js';
import { WindowPresence } from './window-presence.js';
import { windowSteps } from './window-steps.js';
import { addImportance, addWindow, readWindow, type Window } from './windowed-image.js';

export interface PredictLogitsOptions {
  /** One network per fold, all of TensorFlow.js or all of another runtime; their logits are averaged. */
  networks: readonly PredictingNetwork[] | readonly ForeignNetwork[];
  /** `[channels, z, y, x]` in C order, preprocessed. A 2D network predicts slice after slice along z. */
  data: Float32Array;
  /** `[channels, z, y, x]` */
  shape: readonly number[];
  /** The plan's `patch_size`. */
  patchSize: readonly number[];
  /** Axes of the patch to mirror along, every combination averaged; none switches mirroring off. Default: all. */
  mirrorAxes?: readonly number[];
  /** Distance of windows relative to their size, in (0, 1]. Default 0.5. */
  stepSize?: number;
  /** Whether the middle of a window counts more than its border. Default true. */
  gaussian?: boolean;
  /** Voxels that go through the network at once; bounds memory. Default 2^19, ten windows of 224 x 224. */
  voxelsAtOnce?: number;
  /** What convolutions and the activations between them are computed in, the native engine's alone if reduced. Default `float32`. */
  precision?: Precision;
  signal?: AbortSignal;
  onProgress?: (progress: { windowsDone: number; windows: number }) => void;
}

/**
 * Predicts an image of any size window by window.
 *
 * Windows overlap; each is predicted in every mirrored orientation by every network, and what they say of a voxel is
 * averaged with Gaussian weights. Accumulates in float32, where nnU-Net uses float16.
 *
 * @throws UnetModelError `image-invalid` when data, shape and networks do not fit, `logits-not-finite` when a network
 *   gives infinities
 * @throws TfjsTrainingError `precision-unsupported`
 * @see nnU-Net: nnunetv2/inference/predict_from_raw_data.py, nnUNetPredictor.predict_sliding_window_return_logits
 */
export async function predictLogits({
  networks,
  data,
  shape,
  patchSize,
  mirrorAxes = patchSize.map((_, axis) => axis),
  stepSize = 0.5,
  gaussian = true,
  voxelsAtOnce = 2 ** 19,
  precision = 'float32',
  signal,
  onProgress,
}: PredictLogitsOptions): Promise<PredictedLogits> {
  const { channels, classes } = checkImage(networks, data, shape, patchSize);
  const leading = 3 - patchSize.length;
  const sizeZYX = triple(shape.slice(1));
  const windowZYX = triple([...Array.from({ length: leading }, () => 1), ...patchSize]);
  const windowVoxels = elementCount(windowZYX);

  const starts = windowStarts(sizeZYX, windowZYX, stepSize);
  const orientations = subsets(mirrorAxes.map((axis) => axis + leading));
  const windows = starts.flatMap((start) =>
    orientations.map((axes): Window => ({ start, mirrored: triple([0, 1, 2].map((axis) => axes.includes(axis))) })),
  );
  const importance = gaussian ? gaussianImportanceMap(windowZYX) : new Float32Array(windowVoxels).fill(1);

  const voxels = elementCount(sizeZYX);
  const sums = new Float32Array(classes * voxels);
  const weights = new Float32Array(voxels);
  const presence = new WindowPresence(orientations.length);
  const atOnce = Math.max(1, Math.floor(voxelsAtOnce / windowVoxels));
  for (let first = 0; first < windows.length; first += atOnce) {
    signal?.throwIfAborted();
    const batch = windows.slice(first, first + atOnce);
    const input = new Float32Array(batch.length * windowVoxels * channels);
    batch.forEach((window, i) => {
      readWindow({ data, sizeZYX, channels }, window, windowZYX, input, i * windowVoxels * channels);
    });
    const { logits, presence: ofWindows } = await predictBatch(
      networks,
      input,
      [batch.length, ...patchSize, channels],
      precision,
    );
    presence.add(ofWindows, first, batch.length);
    batch.forEach((window, i) => {
      addWindow({ sums, sizeZYX, classes }, window, windowZYX, {
        logits,
        offset: i * windowVoxels * classes,
        importance,
      });
      addImportance(weights, sizeZYX, window, windowZYX, importance);
    });
    onProgress?.({ windowsDone: first + batch.length, windows: windows.length });
  }

  for (let c = 0; c < classes; c += 1) {
    for (let v = 0; v < voxels; v += 1) {
      sums[c * voxels + v] /= weights[v];
    }
  }
  checkFinite(sums);
  return { logits: sums, presence: presence.largest() };
}

/** Mean over the networks of what they say of a batch: logits channels last, and presence where all of them tell it. */
function predictBatch(
  networks: PredictLogitsOptions['networks'],
  input: Float32Array,
  shape: number[],
  precision: Precision,
): Promise<PredictedLogits> {
  return areForeign(networks)
    ? averagePredictions(networks, input, shape)
    : averageOutput(networks, input, shape, precision);
}

const areForeign = (networks: PredictLogitsOptions['networks']): networks is readonly ForeignNetwork[] =>
  networks.every((network) => 'predict' in network);

async function averageOutput(
  networks: readonly PredictingNetwork[],
  input: Float32Array,
  shape: number[],
  precision: Precision,
): Promise<PredictedLogits> {
  const x = tf.tensor(input, shape);
  // One by one: WebGPU's addN takes eight at most.
  const mean = (tensors: tf.Tensor[]) =>
    tf.div(
      tensors.reduce((sum, each) => tf.add(sum, each)),
      tensors.length,
    );
  const means = infer(() => {
    const outputs = networks.map((network) => infer(() => tensorsOf(network.forward(x)), { precision }));
    const logits = mean(outputs.map(([ofNetwork]) => ofNetwork));
    const presence = outputs.flatMap(([, ofNetwork]) => ofNetwork ?? []);
    return presence.length === networks.length ? [logits, mean(presence)] : [logits];
  });
  const [logits, presence] = (await Promise.all(means.map((tensor) => tensor.data()))) as Float32Array[];
  x.dispose();
  tf.dispose(means);
  return { logits, presence };
}

const tensorsOf = ({ logits, presence }: SegmentationOutput): tf.Tensor[] =>
  presence === undefined ? [logits[0]] : [logits[0], presence];

/** Starts of the windows, which reach beyond the image on both sides where it is smaller than they are. */
function windowStarts(sizeZYX: Triple, windowZYX: Triple, stepSize: number): Triple[] {
  const padding = windowZYX.map((extent, axis) => Math.max(extent - sizeZYX[axis], 0));
  const padded = sizeZYX.map((size, axis) => size + padding[axis]);
  const [zs, ys, xs] = windowSteps(padded, windowZYX, stepSize).map((steps, axis) =>
    steps.map((step) => step - Math.floor(padding[axis] / 2)),
  ) as [number[], number[], number[]];
  return zs.flatMap((z) => ys.flatMap((y) => xs.map((x): Triple => [z, y, x])));
}

function checkImage(
  networks: PredictLogitsOptions['networks'],
  data: Float32Array,
  shape: readonly number[],
  patchSize: readonly number[],
) {
  const network = networks[0];
  const invalid = (what: string) =>
    new UnetModelError(`The image cannot be predicted: ${what}.`, {
      code: 'image-invalid',
      remedy: 'Preprocess it with the plan the networks were trained with.',
    });
  if (!network) {
    throw invalid('no network was given');
  }
  if (shape.length !== 4 || shape.some((extent) => extent < 1)) {
    throw invalid(`its shape [${shape.join(', ')}] is not (channels, z, y, x)`);
  }
  if (data.length !== elementCount(shape)) {
    throw invalid(`${data.length} values do not fill the shape [${shape.join(', ')}]`);
  }
  for (const { inputChannels, outputChannels, spatialRank } of networks) {
    if (inputChannels !== shape[0]) {
      throw invalid(`it has ${shape[0]} channels, the network takes ${inputChannels}`);
    }
    if (outputChannels !== network.outputChannels) {
      throw invalid('the networks have different numbers of classes');
    }
    if (spatialRank !== patchSize.length) {
      throw invalid(`a ${spatialRank}D network cannot use windows of [${patchSize.join(', ')}]`);
    }
  }
  return { channels: network.inputChannels, classes: network.outputChannels };
}

function checkFinite(logits: Float32Array): void {
  if (logits.every(Number.isFinite)) {
    return;
  }
  throw new UnetModelError('The network gave logits that are not finite.', {
    code: 'logits-not-finite',
    remedy: 'Look for infinite or missing values in the image, or for a training that diverged.',
  });
}

type Triple = readonly [number, number, number];
const triple = <T>(values: readonly T[]) => values as readonly [T, T, T];
const subsets = (values: readonly number[]) =>
  values.reduce<number[][]>((sets, value) => [...sets, ...sets.map((set) => [...set, value])], [[]]);

import { checkOptions, rule } from '@fractura/errors';
import { UnetModelError } from '../errors.js';
import type { StateDict } from '@fractura/tfjs-training';
import { foldBatchNorms } from '@fractura/backbones';
import type { NetworkArchitecture } from '../network/segmentation-network.js';
import { exportedWeight, type ExportedWeight } from './exported-weight.js';
import { describeNetwork } from './describe-network.js';
import type { GraphStep } from './network-graph.js';
import { ProtobufWriter } from './protobuf-writer.js';

/** Format version 8 and operator set 17, which every runtime since 2022 knows. */
const [irVersion, operatorSet] = [8, 17];
const floatType = 1;
const attributeTypes = { float: 1, integer: 2, text: 3, integers: 7 };
/** Protocol Buffers' limit of a message. */
const largestMessage = 2 ** 31 - 1;

/** What to export. */
export interface EncodeOnnxOptions {
  architecture: NetworkArchitecture;
  inputChannels: number;
  outputChannels: number;
  /** Under the network's names, in PyTorch's layout. */
  weights: StateDict;
  /** Texts to keep in the file, such as how images are to be preprocessed. */
  metadata?: Readonly<Record<string, string>>;
}

/**
 * A network as an ONNX model: `input` float32 `[batch, channels, (depth,) height, width]`, of any batch and any size that the
 * strides divide, to `logits` `[batch, classes, ...]`, and `presence`
 * `[batch, classes]` where the network has it. Batch norms are folded into the convolutions.
 *
 * @throws UnetModelError `option-invalid`, `architecture-invalid`, `weights-missing`, `too-large`
 * @see https://github.com/onnx/onnx/blob/main/docs/IR.md; onnx.proto
 */
export function encodeOnnx(options: EncodeOnnxOptions): Uint8Array {
  const {
    architecture,
    inputChannels,
    outputChannels,
    metadata = {},
  } = checkOptions(options, encodeOnnxOptionsRule, UnetModelError);
  const { steps, spatialRank, outputs, folds } = describeNetwork(architecture, outputChannels);
  const weights = foldBatchNorms(options.weights, folds);
  const graph = new ProtobufWriter();
  for (const step of steps) {
    graph.message(1, encodeNode(step, weights));
  }
  graph.text(2, 'unet');
  const wanted = new Set(steps.flatMap(tensorsOf).filter((name) => name !== absent));
  for (const name of wanted) {
    graph.message(5, encodeTensor(name, constants.get(name) ?? exportedWeight(weights, name)));
  }
  const axes = ['depth', 'height', 'width'].slice(-spatialRank);
  graph.message(11, encodeValue('input', ['batch', inputChannels, ...axes]));
  for (const { name, channels, shape } of outputs) {
    const sizes = { full: axes, half: axes.map((axis) => `half_${axis}`), row: [] }[shape];
    graph.message(12, encodeValue(name, ['batch', channels, ...sizes]));
  }

  const model = new ProtobufWriter().integer(1, irVersion).text(2, '@fractura/unet-model').message(7, graph);
  model.message(8, new ProtobufWriter().text(1, '').integer(2, operatorSet));
  for (const [key, value] of Object.entries(metadata)) {
    model.message(14, new ProtobufWriter().text(1, key).text(2, value));
  }
  const bytes = model.finish();
  if (bytes.byteLength > largestMessage) {
    throw new UnetModelError(`An ONNX file cannot hold ${bytes.byteLength} bytes.`, {
      code: 'too-large',
      remedy: 'Choose a smaller network: one file holds up to 2 GiB.',
    });
  }
  return bytes;
}

/** An optional input that is left out. */
const absent = '';
/** Bounds of ReLU6, and how upsampling scales batch, channels and both axes: operators take them as tensors. */
const [lowest, highest, twice] = ['relu6.lowest', 'relu6.highest', 'upsample.twice'];
const constants = new Map<string, ExportedWeight>([
  [lowest, { shape: [], data: Float32Array.of(0) }],
  [highest, { shape: [], data: Float32Array.of(6) }],
  [twice, { shape: [4], data: Float32Array.of(1, 1, 2, 2) }],
]);

/** The tensors a step reads, in the order of its ONNX operator's inputs. */
function tensorsOf(step: GraphStep): string[] {
  if (step.operation === 'instanceNorm') {
    return [step.scale, step.offset];
  }
  if (step.operation === 'convolution' || step.operation === 'transposedConvolution' || step.operation === 'dense') {
    return [step.kernel, ...(step.bias === undefined ? [] : [step.bias])];
  }
  if (step.operation === 'relu6') {
    return [lowest, highest];
  }
  if (step.operation === 'upsample') {
    return [absent, twice];
  }
  return [];
}

function encodeNode(step: GraphStep, weights: StateDict): ProtobufWriter {
  const node = new ProtobufWriter();
  for (const input of [...step.inputs, ...tensorsOf(step)]) {
    node.text(1, input);
  }
  node.text(2, step.output).text(3, step.output);
  const integers = (name: string, values: readonly number[]) => {
    const attribute = new ProtobufWriter().text(1, name);
    for (const value of values) {
      attribute.integer(8, value);
    }
    node.message(5, attribute.integer(20, attributeTypes.integers));
  };
  const float = (name: string, value: number) =>
    node.message(5, new ProtobufWriter().text(1, name).float(2, value).integer(20, attributeTypes.float));
  const integer = (name: string, value: number) =>
    node.message(5, new ProtobufWriter().text(1, name).integer(3, value).integer(20, attributeTypes.integer));
  const text = (name: string, value: string) =>
    node.message(5, new ProtobufWriter().text(1, name).text(4, value).integer(20, attributeTypes.text));
  switch (step.operation) {
    case 'convolution':
      node.text(4, 'Conv');
      integers('strides', step.strides);
      if (step.padding === 'same') {
        text('auto_pad', 'SAME_UPPER');
      } else {
        integers('pads', [...step.padding, ...step.padding]);
      }
      if (step.depthwise) {
        integer('group', exportedWeight(weights, step.kernel).shape[0]);
      }
      break;
    case 'transposedConvolution':
      node.text(4, 'ConvTranspose');
      integers('strides', step.strides);
      break;
    case 'instanceNorm':
      node.text(4, 'InstanceNormalization');
      float('epsilon', step.epsilon);
      break;
    case 'leakyRelu':
      node.text(4, 'LeakyRelu');
      float('alpha', step.slope);
      break;
    case 'averagePool':
      node.text(4, 'AveragePool');
      integers('kernel_shape', step.size);
      integers('strides', step.size);
      break;
    case 'add':
      node.text(4, 'Add');
      break;
    case 'concatenate':
      node.text(4, 'Concat');
      integer('axis', 1);
      break;
    case 'relu':
      node.text(4, 'Relu');
      break;
    case 'relu6':
      node.text(4, 'Clip');
      break;
    case 'maxPool':
      node.text(4, 'MaxPool');
      integers('kernel_shape', [step.size, step.size]);
      integers('strides', [step.strides, step.strides]);
      integers(
        'pads',
        Array.from({ length: 4 }, () => step.padding),
      );
      break;
    case 'upsample':
      node.text(4, 'Resize');
      text('mode', step.method === 'nearest' ? 'nearest' : 'linear');
      text('coordinate_transformation_mode', step.method === 'nearest' ? 'asymmetric' : 'half_pixel');
      text('nearest_mode', 'floor');
      break;
    case 'globalAveragePool':
      // Without its two axes of size one it is what a dense layer takes.
      node.text(4, 'ReduceMean');
      integers('axes', [2, 3]);
      integer('keepdims', 0);
      break;
    case 'dense':
      node.text(4, 'Gemm');
      integer('transB', 1);
  }
  return node;
}

function encodeTensor(name: string, tensor: ExportedWeight): ProtobufWriter {
  const message = new ProtobufWriter();
  for (const extent of tensor.shape) {
    message.integer(1, extent);
  }
  const { buffer, byteOffset, byteLength } = tensor.data;
  return message
    .integer(2, floatType)
    .text(8, name)
    .bytes(9, new Uint8Array(buffer, byteOffset, byteLength));
}

/** A value with its sizes: numbers, or names where any size will do. */
function encodeValue(name: string, sizes: readonly (number | string)[]): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const size of sizes) {
    const dimension = new ProtobufWriter();
    shape.message(1, typeof size === 'number' ? dimension.integer(1, size) : dimension.text(2, size));
  }
  const tensorType = new ProtobufWriter().integer(1, floatType).message(2, shape);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}

/** What {@link EncodeOnnxOptions} must be. */
const encodeOnnxOptionsRule = rule.fields({
  architecture: rule.anything,
  inputChannels: rule.count,
  outputChannels: rule.count,
  weights: rule.map,
  metadata: rule.optional(rule.tableOf(rule.anyText)),
});

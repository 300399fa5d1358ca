import { UnetModelError } from '../errors.js';
import type { StateDict } from '@fractura/tfjs-training';
import type { UnetArchitecture } from '@fractura/nnunet-format';
import { exportedWeight, type ExportedWeight } from './exported-weight.js';
import { describeNetwork, type GraphStep } from './network-graph.js';
import { ProtobufWriter } from './protobuf-writer.js';

/** Format version 8 and operator set 17, which every runtime since 2022 knows. */
const [irVersion, operatorSet] = [8, 17];
const floatType = 1;
const attributeTypes = { float: 1, integer: 2, integers: 7 };
/** Protocol Buffers' limit of a message. */
const largestMessage = 2 ** 31 - 1;

/** What to export. */
export interface EncodeOnnxOptions {
  architecture: UnetArchitecture;
  inputChannels: number;
  outputChannels: number;
  /** Under nnU-Net's names, in PyTorch's layout. */
  weights: StateDict;
  /** Texts to keep in the file, such as how images are to be preprocessed. */
  metadata?: Readonly<Record<string, string>>;
}

/**
 * A network as an ONNX model: `input` float32 `[batch, channels, (depth,) height, width]`, of any batch and any size that the
 * strides divide, to `logits` `[batch, classes, ...]`.
 *
 * @throws UnetModelError `weights-missing`, `too-large`
 * @see https://github.com/onnx/onnx/blob/main/docs/IR.md; onnx.proto
 */
export function encodeOnnx(options: EncodeOnnxOptions): Uint8Array {
  const { architecture, inputChannels, outputChannels, weights, metadata = {} } = options;
  const { steps, input, output } = describeNetwork(architecture);
  const graph = new ProtobufWriter();
  for (const step of steps) {
    graph.message(1, encodeNode(step));
  }
  graph.text(2, 'unet');
  const wanted = new Set(steps.flatMap(tensorsOf));
  for (const name of wanted) {
    graph.message(5, encodeTensor(name, exportedWeight(weights, name)));
  }
  const axes = ['depth', 'height', 'width'].slice(-architecture.spatialRank);
  graph.message(11, encodeValue(input, ['batch', inputChannels, ...axes]));
  graph.message(12, encodeValue(output, ['batch', outputChannels, ...axes]));

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

/** The tensors a step reads, in the order of its ONNX operator's inputs. */
function tensorsOf(step: GraphStep): string[] {
  if (step.operation === 'instanceNorm') {
    return [step.scale, step.offset];
  }
  if (step.operation === 'convolution' || step.operation === 'transposedConvolution') {
    return [step.kernel, ...(step.bias === undefined ? [] : [step.bias])];
  }
  return [];
}

function encodeNode(step: GraphStep): ProtobufWriter {
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
  switch (step.operation) {
    case 'convolution':
      node.text(4, 'Conv');
      integers('strides', step.strides);
      integers('pads', [...step.padding, ...step.padding]);
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
      node.message(5, new ProtobufWriter().text(1, 'axis').integer(3, 1).integer(20, attributeTypes.integer));
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

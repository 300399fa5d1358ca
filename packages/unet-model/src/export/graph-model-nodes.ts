import { elementCount } from '@fractura/array-files';
import type { ExportedWeight } from './exported-weight.js';
import type { FusedStep } from './fuse-activations.js';
import type { GraphStep } from './network-graph.js';
import { blocksLast, channelsLast } from './tensorflow-layout.js';

/** A node of TensorFlow's GraphDef as JSON. */
export interface GraphNode {
  name: string;
  op: string;
  input: string[];
  attr: Record<string, object>;
}

/** A tensor in the file of weights. */
export interface GraphConstant {
  name: string;
  shape: readonly number[];
  dtype: 'float32' | 'int32';
  data: Float32Array | Int32Array;
}

const float = { type: 'DT_FLOAT' };
const list = (values: readonly number[]) => ({ list: { i: values.map(String) } });
const text = (value: string) => ({ s: Buffer.from(value).toString('base64') });
/** TensorFlow's name of an activation, where there is one. */
const activationNames = (then?: 'relu' | 'relu6') => (then === undefined ? [] : [then === 'relu' ? 'Relu' : 'Relu6']);

/** Spells a network's steps in TensorFlow's operations, channels last. */
export class GraphModelNodes {
  readonly nodes: GraphNode[] = [];
  readonly constants: GraphConstant[] = [];
  readonly #tensor: (name: string) => ExportedWeight;
  /** Sizes and channels of every value. */
  readonly #shapes = new Map<string, readonly number[]>();

  constructor({
    patchSize,
    inputChannels,
    tensor,
  }: {
    patchSize: readonly number[];
    inputChannels: number;
    tensor: (name: string) => ExportedWeight;
  }) {
    this.#tensor = tensor;
    const shape = [...patchSize, inputChannels];
    const dim = [-1, ...shape].map((size) => ({ size: String(size) }));
    this.#node('input', 'Placeholder', [], { dtype: float, shape: { shape: { dim } } });
    this.#shapes.set('input', shape);
  }

  /** Sizes and channels of a value. */
  shapeOf(name: string): readonly number[] {
    return this.#shapes.get(name)!;
  }

  add(step: FusedStep): void {
    this.#shapes.set(step.output, this.#spell(step));
  }

  /** Appends the nodes of a step; gives the sizes and channels of its output. */
  #spell(step: FusedStep): readonly number[] {
    const { output, inputs } = step;
    const [x] = inputs;
    const shape = this.#shapes.get(x)!;
    switch (step.operation) {
      case 'convolution':
        return this.#convolution(step, x, shape);
      case 'transposedConvolution':
        return this.#transposedConvolution(step, x, shape);
      case 'instanceNorm':
        this.#instanceNorm(step, x, shape);
        return shape;
      case 'leakyRelu':
        this.#node(output, 'LeakyRelu', [x], { T: float, alpha: { f: step.slope } });
        return shape;
      case 'averagePool':
        this.#node(output, step.size.length === 2 ? 'AvgPool' : 'AvgPool3D', [x], {
          T: float,
          ksize: list([1, ...step.size, 1]),
          strides: list([1, ...step.size, 1]),
          padding: text('VALID'),
          data_format: text(step.size.length === 2 ? 'NHWC' : 'NDHWC'),
        });
        return [...shape.slice(0, -1).map((extent, axis) => Math.floor(extent / step.size[axis])), shape.at(-1)!];
      case 'maxPool':
        return this.#maxPool(step, x, shape);
      case 'upsample':
        return this.#upsample(step, x, shape);
      case 'relu':
      case 'relu6':
        this.#node(output, step.operation === 'relu' ? 'Relu' : 'Relu6', [x], { T: float });
        return shape;
      case 'globalAveragePool':
        this.#node(output, 'Mean', [x, this.#integers(`${output}/axes`, [1, 2])], {
          T: float,
          Tidx: { type: 'DT_INT32' },
          keep_dims: { b: false },
        });
        return shape.slice(-1);
      case 'dense':
        return this.#dense(step, x);
      case 'add':
        this.#node(output, 'AddV2', [...inputs], { T: float });
        return shape;
      case 'concatenate':
        this.#node(output, 'ConcatV2', [...inputs, this.#integers(`${output}/axis`, [shape.length], [])], {
          T: float,
          Tidx: { type: 'DT_INT32' },
          N: { i: String(inputs.length) },
        });
        return [...shape.slice(0, -1), inputs.reduce((sum, input) => sum + this.#shapes.get(input)!.at(-1)!, 0)];
    }
  }

  /** With its bias and its activation in one node, where there is a bias and TensorFlow.js has such a node. */
  #convolution(
    {
      output,
      kernel: name,
      bias,
      strides,
      padding,
      depthwise = false,
      then,
    }: Extract<FusedStep, { operation: 'convolution' }>,
    x: string,
    shape: readonly number[],
  ): readonly number[] {
    const kernel = this.#tensor(name);
    const spatial = kernel.shape.slice(2);
    const rank = spatial.length;
    const isSame =
      padding === 'same' || strides.every((stride, i) => stride === 1 && spatial[i] === 2 * padding[i] + 1);
    const padded = !isSame && padding.some((pad) => pad > 0) ? this.#pad(output, x, padding) : x;
    const { shape: kernelShape, data } = channelsLast(kernel);
    const channels = kernel.shape[0];
    // A depthwise kernel `[height, width, 1, channels]` holds the same numbers in the same order as TensorFlow's.
    this.#constant(name, { shape: depthwise ? [...spatial, channels, 1] : kernelShape, data });
    const attributes = {
      T: float,
      strides: list([1, ...strides, 1]),
      padding: text(isSame ? 'SAME' : 'VALID'),
      data_format: text(rank === 2 ? 'NHWC' : 'NDHWC'),
      dilations: list(Array.from({ length: rank + 2 }, () => 1)),
    };
    if (bias !== undefined && rank === 2) {
      this.#constant(bias, this.#tensor(bias));
      this.#node(output, depthwise ? 'FusedDepthwiseConv2dNative' : '_FusedConv2D', [padded, name, bias], {
        ...attributes,
        fused_ops: { list: { s: ['BiasAdd', ...activationNames(then)].map((each) => text(each).s) } },
        num_args: { i: '1' },
      });
    } else {
      const convolved = bias === undefined ? output : `${output}/convolved`;
      this.#node(convolved, rank === 2 ? 'Conv2D' : 'Conv3D', [padded, name], attributes);
      if (bias !== undefined) {
        this.#addBias(output, convolved, bias);
      }
    }
    const size = spatial.map((k, axis) =>
      padding === 'same'
        ? Math.ceil(shape[axis] / strides[axis])
        : Math.floor((shape[axis] + 2 * padding[axis] - k) / strides[axis]) + 1,
    );
    return [...size, channels];
  }

  /** What is pooled comes from a ReLU, so that zeros around it are as good as minus infinity. */
  #maxPool(
    { output, size, strides, padding }: Extract<GraphStep, { operation: 'maxPool' }>,
    x: string,
    shape: readonly number[],
  ): readonly number[] {
    this.#node(output, 'MaxPool', [this.#pad(output, x, [padding, padding])], {
      T: float,
      ksize: list([1, size, size, 1]),
      strides: list([1, strides, strides, 1]),
      padding: text('VALID'),
      data_format: text('NHWC'),
    });
    const pooled = shape.slice(0, -1).map((extent) => Math.floor((extent + 2 * padding - size) / strides) + 1);
    return [...pooled, shape.at(-1)!];
  }

  #upsample(
    { output, method }: Extract<GraphStep, { operation: 'upsample' }>,
    x: string,
    shape: readonly number[],
  ): readonly number[] {
    const size = shape.slice(0, -1).map((extent) => 2 * extent);
    const operation = method === 'nearest' ? 'ResizeNearestNeighbor' : 'ResizeBilinear';
    this.#node(output, operation, [x, this.#integers(`${output}/size`, size)], {
      T: float,
      align_corners: { b: false },
      half_pixel_centers: { b: method === 'bilinear' },
    });
    return [...size, shape.at(-1)!];
  }

  #dense({ output, kernel: name, bias }: Extract<GraphStep, { operation: 'dense' }>, x: string): readonly number[] {
    const kernel = this.#tensor(name);
    this.#constant(name, kernel);
    const product = `${output}/product`;
    this.#node(product, 'MatMul', [x, name], { T: float, transpose_a: { b: false }, transpose_b: { b: true } });
    this.#addBias(output, product, bias);
    return [kernel.shape[0]];
  }

  /** With kernel size equal to the strides: one matrix product, then the blocks are put in their places, axis by axis. */
  #transposedConvolution(
    { output, kernel: name, bias, strides }: Extract<GraphStep, { operation: 'transposedConvolution' }>,
    x: string,
    shape: readonly number[],
  ): readonly number[] {
    const { shape: kernelShape, data } = this.#tensor(name);
    const [inputs, outputs] = kernelShape;
    const size = shape.slice(0, -1);
    this.#constant(name, blocksLast(data, inputs, outputs, strides));
    const rows = this.#reshape(`${output}/rows`, x, [-1, inputs]);
    let current = `${output}/blocks`;
    const no = { b: false };
    this.#node(current, 'MatMul', [rows, name], { T: float, transpose_a: no, transpose_b: no });
    for (let axis = size.length - 1; axis >= 0; axis -= 1) {
      // Behind this axis all is in place; its block comes after the blocks of the axes before it.
      const behind = size.slice(axis + 1).reduce((all, extent, i) => all * extent * strides[axis + 1 + i], outputs);
      const before = elementCount(strides.slice(0, axis));
      const split = [-1, size[axis], before, strides[axis] * behind];
      const apart = this.#reshape(`${output}/apart${axis}`, current, split);
      current = `${output}/placed${axis}`;
      this.#node(current, 'Transpose', [apart, this.#integers(`${current}/order`, [0, 2, 1, 3])], {
        T: float,
        Tperm: { type: 'DT_INT32' },
      });
    }
    const grown = [...size.map((extent, axis) => extent * strides[axis]), outputs];
    const shaped = bias === undefined ? output : `${output}/shaped`;
    this.#reshape(shaped, current, [-1, ...grown]);
    if (bias !== undefined) {
      this.#addBias(output, shaped, bias);
    }
    return grown;
  }

  #instanceNorm(
    { output, scale, offset, epsilon }: Extract<GraphStep, { operation: 'instanceNorm' }>,
    x: string,
    shape: readonly number[],
  ): void {
    const axes = this.#integers(
      `${output}/axes`,
      shape.slice(1).map((_, axis) => axis + 1),
    );
    const reduce = { T: float, Tidx: { type: 'DT_INT32' }, keep_dims: { b: true } };
    const of = (part: string) => `${output}/${part}`;
    const binary = (part: string, op: string, a: string, b: string) => {
      this.#node(part, op, [a, b], { T: float });
    };
    this.#node(of('mean'), 'Mean', [x, axes], reduce);
    binary(of('centred'), 'Sub', x, of('mean'));
    this.#node(of('square'), 'Square', [of('centred')], { T: float });
    this.#node(of('variance'), 'Mean', [of('square'), axes], reduce);
    this.#constant(of('epsilon'), { shape: [], data: Float32Array.of(epsilon) });
    binary(of('enough'), 'AddV2', of('variance'), of('epsilon'));
    this.#node(of('deviation'), 'Rsqrt', [of('enough')], { T: float });
    this.#constant(scale, this.#tensor(scale));
    this.#constant(offset, this.#tensor(offset));
    binary(of('factor'), 'Mul', of('deviation'), scale);
    binary(of('scaled'), 'Mul', of('centred'), of('factor'));
    binary(output, 'AddV2', of('scaled'), offset);
  }

  #addBias(output: string, x: string, bias: string): void {
    this.#constant(bias, this.#tensor(bias));
    this.#node(output, 'AddV2', [x, bias], { T: float });
  }

  #pad(output: string, x: string, padding: readonly number[]): string {
    const pairs = [0, ...padding, 0].flatMap((pad) => [pad, pad]);
    const paddings = this.#integers(`${output}/paddings`, pairs, [padding.length + 2, 2]);
    this.#node(`${output}/padded`, 'Pad', [x, paddings], { T: float, Tpaddings: { type: 'DT_INT32' } });
    return `${output}/padded`;
  }

  #reshape(name: string, x: string, shape: readonly number[]): string {
    this.#node(name, 'Reshape', [x, this.#integers(`${name}/shape`, shape)], {
      T: float,
      Tshape: { type: 'DT_INT32' },
    });
    return name;
  }

  #integers(name: string, values: readonly number[], shape: readonly number[] = [values.length]): string {
    this.#constant(name, { shape, data: Int32Array.from(values) });
    return name;
  }

  #constant(name: string, { shape, data }: { shape: readonly number[]; data: Float32Array | Int32Array }): void {
    const dtype = data instanceof Int32Array ? 'int32' : 'float32';
    this.constants.push({ name, shape, dtype, data });
    this.#node(name, 'Const', [], { dtype: { type: dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT' } });
  }

  #node(name: string, op: string, input: string[], attr: GraphNode['attr']): void {
    this.nodes.push({ name, op, input, attr });
  }
}

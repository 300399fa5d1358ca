import * as tf from '@tensorflow/tfjs';
import type { Rank, Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs';

import {
  add,
  averagePool,
  composed,
  concatenate,
  convolution,
  dense,
  depthwiseConvolution,
  globalAveragePool,
  instanceNorm,
  leakyRelu,
  maxPool,
  relu,
  relu6,
  transposedConvolution,
  upsampleNearest,
} from '@fractura/tfjs-training';
import type { Case } from './parity.js';

type Pair = [number, number];
type Triple = [number, number, number];

const padAll = (x: Tensor, padding: number[]): Tensor =>
  tf.pad(x, [[0, 0], ...padding.map((p): Pair => [p, p]), [0, 0]]);

function convolutionCase(
  x: number[],
  kernel: number[],
  { strides, padding, bias = false }: { strides?: number[]; padding?: number[]; bias?: boolean },
): [string, Case] {
  const axes = x.length - 2;
  const steps = strides ?? Array.from({ length: axes }, () => 1);
  const margins = padding ?? kernel.slice(0, axes).map((k) => Math.floor((k - 1) / 2));
  const plain = (input: Tensor, weights: Tensor): Tensor =>
    axes === 2
      ? tf.conv2d(padAll(input, margins) as Tensor4D, weights as Tensor4D, steps as Pair, 'valid')
      : tf.conv3d(padAll(input, margins) as Tensor5D, weights as Tensor5D, steps as Triple, 'valid');
  return [
    `convolution ${x.join('x')} * ${kernel.join('x')} / ${steps.join('x')} + ${margins.join('x')}${bias ? ' with bias' : ''}`,
    {
      inputs: bias ? [x, kernel, [kernel.at(-1)!]] : [x, kernel],
      ours: (input, weights, offset) =>
        convolution(input, weights, {
          strides: steps,
          padding,
          bias: bias ? offset : undefined,
        }),
      plain: (input, weights, offset) => (bias ? tf.add(plain(input, weights), offset) : plain(input, weights)),
    },
  ];
}

function sameCase(x: number[], kernel: number[], strides: Pair): [string, Case] {
  return [
    `convolution ${x.join('x')} * ${kernel.join('x')} / ${strides.join('x')}, TensorFlow's SAME`,
    {
      inputs: [x, kernel],
      ours: (input, weights) => convolution(input, weights, { strides, padding: 'same' }),
      plain: (input, weights) => tf.conv2d(input as Tensor4D, weights as Tensor4D, strides, 'same'),
    },
  ];
}

function depthwiseCase(
  x: number[],
  [height, width]: Pair,
  { strides = [1, 1], padding }: { strides?: Pair; padding?: 'same' | Pair } = {},
): [string, Case] {
  const channels = x[3];
  const margins = padding ?? [Math.floor((height - 1) / 2), Math.floor((width - 1) / 2)];
  return [
    `depthwiseConvolution ${x.join('x')} * ${height}x${width} / ${strides.join('x')} + ${margins.toString()}`,
    {
      inputs: [x, [height, width, 1, channels]],
      ours: (input, weights) => depthwiseConvolution(input, weights, { strides, padding }),
      plain: (input, weights) => {
        const filter = tf.reshape<Rank.R4>(weights, [height, width, channels, 1]);
        return margins === 'same'
          ? tf.depthwiseConv2d(input as Tensor4D, filter, strides, 'same')
          : tf.depthwiseConv2d(padAll(input, margins) as Tensor4D, filter, strides, 'valid');
      },
    },
  ];
}

function upsamplingCase(x: number[], factor: number): [string, Case] {
  const indices = (size: number) =>
    tf.tensor1d(
      Array.from({ length: size * factor }, (_, i) => Math.floor(i / factor)),
      'int32',
    );
  return [
    `upsampleNearest ${x.join('x')} by ${factor}`,
    {
      inputs: [x],
      ours: (input) => upsampleNearest(input, factor),
      plain: (input) => x.slice(1, -1).reduce<Tensor>((y, size, axis) => tf.gather(y, indices(size), axis + 1), input),
    },
  ];
}

/** TensorFlow.js's own relu6 lets gradients flow at 6. */
function plainRelu6(x: Tensor): Tensor {
  return tf.minimum(tf.relu(x), 6);
}

function plainInstanceNorm(x: Tensor, scale: Tensor, offset: Tensor): Tensor {
  const axes = x.shape.slice(1, -1).map((_, axis) => axis + 1);
  const { mean, variance } = tf.moments(x, axes, true);
  return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), scale), offset);
}

/** Each position of a kernel as large as its stride fills its own places: one product each, put together axis by axis. */
function plainTransposed3d(input: Tensor5D, kernel: Tensor5D): Tensor {
  const [depth, height, width, out, channels] = kernel.shape;
  const [batch, ...size] = input.shape.slice(0, -1);
  const at = (z: number, y: number, x: number): Tensor5D => {
    const weights = tf.reshape(tf.slice(kernel, [z, y, x, 0, 0], [1, 1, 1, out, channels]), [out, channels]);
    const flat = tf.matMul(tf.reshape(input, [-1, channels]), weights, false, true);
    return tf.reshape(flat, [batch, size[0], size[1], size[2], out]);
  };
  const interleave = (tensors: Tensor5D[], axis: number): Tensor5D => {
    const shape = tensors[0].shape.map((n, i) => (i === axis ? n * tensors.length : n)) as Tensor5D['shape'];
    const merged = tensors[0].shape.slice(0, axis + 1).reduce((a, b) => a * b, 1);
    const rows = tensors.map((tensor) => tf.reshape(tensor, [merged, 1, -1]));
    return tf.reshape(tf.concat(rows, 1), shape);
  };
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  return interleave(
    range(depth).map((z) =>
      interleave(
        range(height).map((y) =>
          interleave(
            range(width).map((x) => at(z, y, x)),
            3,
          ),
        ),
        2,
      ),
    ),
    1,
  );
}

function transposedCase(x: number[], strides: number[], out: number, bias: boolean): [string, Case] {
  const channels = x.at(-1)!;
  const outShape = [x[0], ...strides.map((s, axis) => s * x[axis + 1]), out];
  const plain = (input: Tensor, kernel: Tensor): Tensor =>
    strides.length === 2
      ? tf.conv2dTranspose(
          input as Tensor4D,
          kernel as Tensor4D,
          outShape as [number, number, number, number],
          strides as Pair,
          'valid',
        )
      : plainTransposed3d(input as Tensor5D, kernel as Tensor5D);
  return [
    `transposedConvolution ${x.join('x')} by ${strides.join('x')}`,
    {
      inputs: [x, [...strides, out, channels], ...(bias ? [[out]] : [])],
      ours: (input, kernel, offset) =>
        transposedConvolution(input, kernel, { strides, bias: bias ? offset : undefined }),
      plain: (input, kernel, offset) => (bias ? tf.add(plain(input, kernel), offset) : plain(input, kernel)),
    },
  ];
}

function normCase(x: number[], leakyReluSlope?: number): [string, Case] {
  const channels = [x.at(-1)!];
  return [
    `instanceNorm ${x.join('x')}${leakyReluSlope === undefined ? '' : ' with leaky ReLU'}`,
    {
      inputs: [x, channels, channels],
      ours: (input, scale, offset) =>
        instanceNorm(input, scale, offset, leakyReluSlope === undefined ? {} : { leakyReluSlope }),
      plain: (input, scale, offset) => {
        const y = plainInstanceNorm(input, scale, offset);
        return leakyReluSlope === undefined ? y : tf.leakyRelu(y, leakyReluSlope);
      },
    },
  ];
}

function maxPoolCase(x: number[], size: number, strides: number, padding: number): [string, Case] {
  return [
    `maxPool ${x.join('x')} window ${size} / ${strides} + ${padding}`,
    {
      inputs: [x],
      ours: (input) => maxPool(input, { size, strides, padding }),
      plain: (input) =>
        tf.maxPool(
          tf.pad(
            input,
            [
              [0, 0],
              [padding, padding],
              [padding, padding],
              [0, 0],
            ],
            -1e30,
          ) as Tensor4D,
          size,
          strides,
          'valid',
        ),
    },
  ];
}

/** Shapes with odd sizes, a batch of one, several strides and paddings, in 2D and 3D. */
export const cases: [string, Case][] = [
  convolutionCase([2, 8, 8, 3], [3, 3, 3, 4], {}),
  convolutionCase([1, 7, 5, 2], [3, 3, 2, 3], { strides: [2, 2], bias: true }),
  convolutionCase([2, 8, 6, 2], [3, 3, 2, 3], { strides: [2, 2] }),
  convolutionCase([1, 9, 8, 2], [3, 3, 2, 3], { strides: [2, 1] }),
  convolutionCase([3, 6, 7, 4], [1, 1, 4, 2], { bias: true }),
  convolutionCase([1, 8, 8, 3], [1, 1, 3, 2], { strides: [2, 2] }),
  convolutionCase([1, 15, 13, 3], [7, 7, 3, 4], { strides: [2, 2], padding: [3, 3] }),
  convolutionCase([1, 6, 6, 2], [2, 2, 2, 3], { padding: [1, 1] }),
  convolutionCase([2, 6, 5, 1], [1, 3, 1, 2], {}),
  convolutionCase([1, 5, 5, 2], [3, 3, 2, 2], { padding: [0, 0] }),
  convolutionCase([1, 4, 4, 2], [3, 3, 2, 2], { padding: [3, 3], strides: [3, 3] }),
  convolutionCase([2, 5, 4, 6, 2], [3, 3, 3, 2, 3], { bias: true }),
  convolutionCase([1, 5, 6, 7, 2], [3, 3, 3, 2, 3], { strides: [2, 2, 2] }),
  convolutionCase([2, 18, 19, 3], [3, 3, 3, 4], {}),
  convolutionCase([1, 4, 6, 5, 2], [1, 3, 3, 2, 3], { strides: [1, 2, 2] }),
  convolutionCase([1, 3, 4, 4, 3], [1, 1, 1, 3, 2], {}),
  // Maps of a few positions, and deep ones: the native engine has ways of its own for them.
  convolutionCase([2, 2, 2, 5], [3, 3, 5, 4], {}),
  convolutionCase([3, 1, 7, 3], [3, 5, 3, 2], { bias: true }),
  convolutionCase([2, 2, 3, 4], [1, 3, 4, 5], {}),
  convolutionCase([1, 4, 5, 130], [3, 3, 130, 3], {}),
  sameCase([2, 8, 8, 3], [3, 3, 3, 4], [2, 2]),
  sameCase([1, 7, 10, 1], [3, 3, 1, 2], [2, 2]),
  sameCase([1, 6, 6, 2], [2, 4, 2, 3], [1, 1]),
  sameCase([1, 8, 7, 2], [1, 1, 2, 3], [2, 2]),
  depthwiseCase([2, 8, 7, 3], [3, 3]),
  depthwiseCase([1, 9, 20, 35], [3, 3]),
  depthwiseCase([2, 6, 11, 16], [5, 5]),
  depthwiseCase([1, 8, 6, 2], [3, 3], { strides: [2, 2], padding: 'same' }),
  depthwiseCase([2, 7, 9, 33], [3, 3], { strides: [2, 2], padding: 'same' }),
  depthwiseCase([1, 12, 10, 4], [5, 5], { strides: [2, 2], padding: 'same' }),
  depthwiseCase([1, 9, 9, 5], [5, 5], { strides: [2, 2] }),
  depthwiseCase([1, 5, 6, 2], [3, 3], { padding: [0, 0] }),
  depthwiseCase([1, 6, 5, 2], [2, 3], { padding: [3, 2] }),
  depthwiseCase([1, 70, 4, 3], [3, 1], { strides: [1, 1] }),
  transposedCase([2, 4, 3, 3], [2, 2], 2, false),
  transposedCase([1, 3, 5, 2], [2, 1], 3, true),
  transposedCase([1, 2, 3, 4, 3], [2, 2, 2], 2, true),
  transposedCase([2, 2, 3, 2, 3], [1, 2, 2], 2, false),
  normCase([2, 6, 5, 3]),
  normCase([1, 7, 7, 4], 0.01),
  normCase([3, 4, 4, 2], 0.2),
  normCase([2, 3, 4, 5, 3], 0.01),
  maxPoolCase([2, 8, 8, 3], 2, 2, 0),
  maxPoolCase([1, 7, 9, 2], 3, 2, 1),
  maxPoolCase([2, 8, 6, 2], 3, 2, 1),
  maxPoolCase([1, 5, 5, 2], 3, 1, 1),
  [
    'averagePool in 2D',
    {
      inputs: [[2, 6, 4, 3]],
      ours: (x) => averagePool(x, { size: 2 }),
      plain: (x) => tf.avgPool(x as Tensor4D, 2, 2, 'valid'),
    },
  ],
  [
    'averagePool in 2D with a rest and unequal sizes',
    {
      inputs: [[1, 7, 5, 2]],
      ours: (x) => averagePool(x, { size: [3, 2] }),
      plain: (x) => tf.avgPool(x as Tensor4D, [3, 2], [3, 2], 'valid'),
    },
  ],
  [
    'averagePool in 3D',
    {
      inputs: [[1, 4, 6, 5, 2]],
      ours: (x) => averagePool(x, { size: [1, 2, 2] }),
      plain: (x) => tf.avgPool3d(x as Tensor5D, [1, 2, 2], [1, 2, 2], 'valid'),
    },
  ],
  [
    'globalAveragePool in 2D',
    { inputs: [[2, 5, 3, 4]], ours: (x) => globalAveragePool(x), plain: (x) => tf.mean(x, [1, 2]) },
  ],
  [
    'globalAveragePool in 3D',
    { inputs: [[2, 2, 5, 3, 4]], ours: (x) => globalAveragePool(x), plain: (x) => tf.mean(x, [1, 2, 3]) },
  ],
  ['relu', { inputs: [[2, 5, 3, 4]], ours: (x) => relu(x), plain: (x) => tf.relu(x) }],
  [
    'relu6',
    {
      inputs: [[2, 5, 3, 4]],
      ours: (x) => relu6(composed([x], (values) => tf.mul(values, 12))),
      plain: (x) => plainRelu6(tf.mul(x, 12)),
    },
  ],
  upsamplingCase([2, 3, 4, 5], 2),
  upsamplingCase([1, 2, 3, 2], 3),
  upsamplingCase([1, 5, 3, 33], 2),
  upsamplingCase([1, 2, 3, 2, 3], 2),
  ['leakyRelu', { inputs: [[2, 3, 5, 3, 4]], ours: (x) => leakyRelu(x, 0.1), plain: (x) => tf.leakyRelu(x, 0.1) }],
  [
    'add',
    {
      inputs: [
        [2, 3, 3, 2],
        [2, 3, 3, 2],
      ],
      ours: (a, b) => add(a, b),
      plain: (a, b) => tf.add(a, b),
    },
  ],
  ['add of a tensor to itself', { inputs: [[2, 3, 3, 2]], ours: (a) => add(a, a), plain: (a) => tf.add(a, a) }],
  [
    'concatenate',
    {
      inputs: [
        [2, 3, 3, 2],
        [2, 3, 3, 3],
        [2, 3, 3, 1],
      ],
      ours: (...parts) => concatenate(parts),
      plain: (...parts) => tf.concat(parts, -1),
    },
  ],
  [
    'dense',
    {
      inputs: [[3, 5], [5, 2], [2]],
      ours: (x, kernel, bias) => dense(x, kernel, bias),
      plain: (x, kernel, bias) => tf.add(tf.matMul(x, kernel), bias),
    },
  ],
];

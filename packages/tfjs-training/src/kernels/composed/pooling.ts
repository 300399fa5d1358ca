import * as tf from '@tensorflow/tfjs';
import type { NamedTensorMap, Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs';

import type { Margin, MaxPoolOptions } from '../../shapes/geometry.js';
import { pad, unpad } from './padding.js';

export function maxPool(x: Tensor, { size, strides, padding }: MaxPoolOptions): Tensor {
  return tf.maxPool(pad(x, margins(padding), -Infinity) as Tensor4D, size, strides, 'valid');
}

export function maxPoolBack(dy: Tensor, x: Tensor, output: Tensor, { size, strides, padding }: MaxPoolOptions): Tensor {
  const inputs: NamedTensorMap = { dy, input: pad(x, margins(padding), -Infinity), output };
  const dPadded = tf
    .engine()
    .runKernel<Tensor>('MaxPoolGrad', inputs, { filterSize: [size, size], strides: [strides, strides], pad: 'valid' });
  return unpad(dPadded, margins(padding));
}

const margins = (padding: number): Margin[] => [
  [padding, padding],
  [padding, padding],
];

export function averagePool(x: Tensor, size: readonly number[]): Tensor {
  return x.rank === 4
    ? tf.avgPool(x as Tensor4D, [...size] as [number, number], [...size] as [number, number], 'valid')
    : tf.avgPool3d(
        x as Tensor5D,
        [...size] as [number, number, number],
        [...size] as [number, number, number],
        'valid',
      );
}

export function averagePoolBack(dy: Tensor, x: Tensor, size: readonly number[]): Tensor {
  return tf
    .engine()
    .runKernel<Tensor>(
      x.rank === 4 ? 'AvgPoolGrad' : 'AvgPool3DGrad',
      { dy, input: x },
      { filterSize: [...size], strides: [...size], pad: 'valid' },
    );
}

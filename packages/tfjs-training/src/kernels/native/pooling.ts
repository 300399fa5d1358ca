import type { Tensor } from '@tensorflow/tfjs';

import { maxPoolBack as composedBack } from '../composed/pooling.js';
import type { Kernels } from '../contract/kernels.js';
import { execute } from './execute.js';
import { takesFused } from './takes-fused.js';

/** TensorFlow pads within its kernel: no padded copy. */
export const maxPool: Kernels['maxPool'] = (x, { size, strides, padding }) =>
  execute('MaxPool', [x], {
    integers: {
      ksize: [1, size, size, 1],
      strides: [1, strides, strides, 1],
      explicit_paddings: padding === 0 ? [] : [0, 0, padding, padding, padding, padding, 0, 0],
    },
    strings: { padding: padding === 0 ? 'VALID' : 'EXPLICIT', data_format: 'NHWC' },
  })[0];

/** TensorFlow's own gradient goes through the windows number by number. */
export const maxPoolBack: Kernels['maxPoolBack'] = (dy, x, output, options): Tensor => {
  if (!takesFused(x)) {
    return composedBack(dy, x, output, options);
  }
  const { size, strides: stride, padding } = options;
  return execute('FracturaMaxPoolGrad', [dy, x], { integers: { size, stride, padding } })[0];
};

import * as tf from '@tensorflow/tfjs';

import { nativeBackend } from '../machine/native-backend.js';
import { TfjsTrainingError } from '../errors.js';
import { precisions, type Precision, type PrecisionChoice } from './precision.js';
import { bfloat16Instructions } from './bfloat16-instructions.js';

/**
 * The precision to train in on the engine in use.
 *
 * `auto` is bfloat16 where the native engine runs on a processor with instructions for it (AVX512_BF16 or AMX), and float32
 * everywhere else, GPUs included until they have been tried. The others are taken as they are.
 *
 * @throws TfjsTrainingError `unknown-precision`; `precision-unsupported` for a reduced one on another engine than the native one.
 */
export function choosePrecision(wanted: PrecisionChoice = 'auto'): Precision {
  if (wanted === 'auto') {
    return tf.getBackend() === nativeBackend && !usesGpu() && bfloat16Instructions().length > 0
      ? 'bfloat16'
      : 'float32';
  }
  if (!precisions.includes(wanted)) {
    throw new TfjsTrainingError(`There is no precision "${wanted as string}".`, {
      code: 'unknown-precision',
      remedy: `Choose from auto, ${precisions.join(', ')}.`,
    });
  }
  assertPrecisionIsThere(wanted);
  return wanted;
}

/** @throws TfjsTrainingError `precision-unsupported` */
export function assertPrecisionIsThere(precision: Precision): void {
  if (precision === 'float32' || tf.getBackend() === nativeBackend) {
    return;
  }
  throw new TfjsTrainingError(
    `The engine in use (backend ${tf.getBackend()}) computes in float32, not in ${precision}.`,
    {
      code: 'precision-unsupported',
      remedy: 'Choose float32 or auto, or use the native engine.',
    },
  );
}

const usesGpu = () => (tf.backend() as unknown as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;

import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import { assertPrecisionIsThere } from '../precision/choose-precision.js';
import type { Precision } from '../precision/precision.js';
import { withTape } from './current-tape.js';
import { Tape } from './tape.js';

/** How `infer` computes. */
export interface InferOptions {
  /** What convolutions and the activations between them are computed in; float32 comes out always. Default `float32`. */
  precision?: Precision;
}

/**
 * Runs `f` forward only: nothing is recorded, and every tensor that it makes is freed except what it returns.
 *
 * @param f computes with network operations or `tf.*`, synchronously.
 * @returns what `f` returns; the caller disposes it.
 * @throws TfjsTrainingError `precision-unsupported` for a reduced precision on another engine than the native one.
 */
export function infer<T extends Tensor | Tensor[]>(f: () => T, { precision = 'float32' }: InferOptions = {}): T {
  if (precision === 'float32') {
    return withTape(undefined, () => tf.tidy(f));
  }
  assertPrecisionIsThere(precision);
  // Without parameters a tape records nothing: it only says the precision, and frees what was made.
  const tape = new Tape([], precision);
  try {
    return tf.tidy(() => inFloat32(withTape(tape, f)));
  } finally {
    tape.dispose();
  }
}

/** Copies that are not the tape's. */
function inFloat32<T extends Tensor | Tensor[]>(result: T): T {
  const { cast, precisionOf } = kernels();
  const copy = (x: Tensor) => (precisionOf(x) === 'float32' ? tf.clone(x) : cast(x, 'float32'));
  return (Array.isArray(result) ? result.map(copy) : copy(result)) as T;
}

import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { currentTape } from './current-tape.js';

/**
 * Runs operations one after the other, each on what the one before gave: what lies between is freed as soon as nothing needs it,
 * which `infer` and `differentiate` by themselves find out only at the end of the forward pass.
 *
 * @param x stays the caller's.
 * @param steps must not hand on to anyone but their successor what they are given or return.
 */
export function inSequence(x: Tensor, steps: readonly ((x: Tensor) => Tensor)[]): Tensor {
  const forget = freer();
  return steps.reduce((given, step) => {
    const output = tf.engine().isTapeOn() ? step(given) : tf.tidy(() => step(given));
    if (given !== x && given !== output) {
      forget(given);
    }
    return output;
  }, x);
}

/** A tape keeps what a gradient will read; TensorFlow.js's own keeps everything. */
function freer(): (tensor: Tensor) => void {
  if (tf.engine().isTapeOn()) {
    return () => undefined;
  }
  const tape = currentTape();
  return (tensor) => {
    if (tape) {
      tape.forget(tensor);
    } else {
      tensor.dispose();
    }
  };
}

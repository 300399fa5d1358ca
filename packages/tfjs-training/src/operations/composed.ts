import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { runOperation } from '../tape/run-operation.js';

/**
 * Any differentiable composition of `tf.*` as one recorded operation: losses, reshapes, whatever has no operation of its own.
 *
 * Gradients flow to `inputs` only; other tensors that `f` reads count as constants. Nothing inside is kept for the gradient: `f`
 * runs once more when the gradient comes back, so it must give the same result again.
 *
 * It is computed in float32, whatever the precision of the network around it.
 *
 * @param inputs what `f` is a function of.
 * @param f receives the inputs, returns one tensor.
 */
export function composed(inputs: readonly Tensor[], f: (...inputs: Tensor[]) => Tensor): Tensor {
  return runOperation(
    inputs,
    (given) => {
      const output = tf.tidy(() => tf.clone(f(...given)));
      return {
        output,
        saved: given,
        backward: (dy) => keepingTape(() => tf.engine().gradients(() => f(...given), [...given], dy, true).grads),
      };
    },
    { computesIn: 'float32' },
  );
}

/** TensorFlow.js forgets the tape it is going back on when a gradient is computed within a gradient. */
function keepingTape<Result>(work: () => Result): Result {
  const { state } = tf.engine();
  const tape = state.activeTape;
  const result = work();
  state.activeTape = tape;
  return result;
}

import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { currentTape } from './current-tape.js';
import type { Step } from './tape.js';
import { tidy } from './tidy.js';

/** What an operation's forward pass leaves behind. */
export type Forward = Omit<Step, 'inputs'>;

/**
 * Runs an operation: forward only outside of `differentiate`, recorded on our tape inside of it. Under `tf.grad` and its
 * kin it enters TensorFlow.js's own tape with the same gradient, at the price of a second forward pass.
 */
export function runOperation(inputs: readonly Tensor[], forward: (inputs: readonly Tensor[]) => Forward): Tensor {
  if (tf.engine().isTapeOn()) {
    return runUnderTensorFlowTape(inputs, forward);
  }
  const { output, saved, backward } = tidy(
    () => forward(inputs),
    (result) => [result.output, ...result.saved],
  );
  const tape = currentTape();
  if (tape !== undefined) {
    tape.record({ inputs, output, saved, backward });
  }
  if (!tape?.dependsOnParameters(output)) {
    for (const tensor of saved) {
      if (tensor !== output && !inputs.includes(tensor)) tensor.dispose();
    }
  }
  return output;
}

function runUnderTensorFlowTape(inputs: readonly Tensor[], forward: (inputs: readonly Tensor[]) => Forward): Tensor {
  const operation = tf.customGrad((...args: (Tensor | tf.GradSaveFunc)[]) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const given = args.slice(0, -1) as Tensor[];
    save(given);
    return {
      value: forward(given).output,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        forward(saved)
          .backward(
            dy,
            saved.map(() => true),
          )
          // An operation may list gradients of optional inputs that were not given.
          .slice(0, saved.length) as Tensor[],
    };
  });
  return operation(...inputs);
}

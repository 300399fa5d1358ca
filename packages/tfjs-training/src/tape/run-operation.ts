import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { kernels } from '../kernels/kernels-in-use.js';
import type { Precision } from '../precision/precision.js';
import { currentTape } from './current-tape.js';
import type { Step } from './tape.js';
import { tidy } from './tidy.js';

/** What an operation's forward pass leaves behind. */
export type Forward = Omit<Step, 'inputs'>;

/**
 * Where precision matters: operations of much arithmetic use the tape's reduced one, sums and losses float32, the rest what
 * they are given.
 *
 * @see Micikevicius et al., Mixed Precision Training, arXiv:1710.03740
 */
export type ComputesIn = 'reduced' | 'float32' | 'as given';

/**
 * Runs an operation: forward only outside of `differentiate`, recorded on our tape inside of it. Under `tf.grad` and its
 * kin it enters TensorFlow.js's own tape with the same gradient, at the price of a second forward pass.
 */
export function runOperation(
  inputs: readonly Tensor[],
  forward: (inputs: readonly Tensor[]) => Forward,
  { computesIn = 'as given' }: { computesIn?: ComputesIn } = {},
): Tensor {
  if (tf.engine().isTapeOn()) {
    return runUnderTensorFlowTape(inputs, forward);
  }
  const tape = currentTape();
  const { output, saved, backward } = tidy(
    () => forward(inPrecision(inputs, computesIn, tape?.precision ?? 'float32')),
    (result) => [result.output, ...result.saved],
  );
  if (tape !== undefined) {
    tape.record({ inputs, output, saved, backward });
  }
  if (!tape?.dependsOnParameters(output)) {
    for (const tensor of saved) {
      if (tensor !== output && !inputs.includes(tensor)) {
        tensor.dispose();
      }
    }
  }
  return output;
}

function inPrecision(inputs: readonly Tensor[], computesIn: ComputesIn, reduced: Precision): readonly Tensor[] {
  if (reduced === 'float32' || computesIn === 'as given') {
    return inputs;
  }
  return inputs.map((x) => kernels().cast(x, computesIn === 'reduced' ? reduced : 'float32'));
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

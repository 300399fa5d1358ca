import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';

import { TfjsTrainingError } from '../errors.js';
import { assertPrecisionIsThere } from '../precision/choose-precision.js';
import type { Precision } from '../precision/precision.js';
import { withTape } from './current-tape.js';
import { Tape } from './tape.js';
import { tidy } from './tidy.js';

/** A value and its gradients, as `differentiate` returns them. */
export interface Differentiated {
  /** What `f` returned; the caller disposes it. */
  value: Scalar;
  /** One per parameter, in their order, null where `f` does not depend on it; the caller disposes them. */
  gradients: (Tensor | null)[];
}

/** How `differentiate` computes. */
export interface DifferentiateOptions {
  /**
   * What convolutions and the activations between them are computed in; parameters, statistics, losses and the gradients that
   * come out are float32 always. Default `float32`; the others on the native engine only.
   */
  precision?: Precision;
  /** Gradients are multiplied by it on the way back, so that small ones survive float16, and divided by it at the end. Default 1. */
  lossScale?: number;
}

/**
 * Computes a scalar and its gradients with respect to `parameters`.
 *
 * Only the network operations of this package record themselves; any other `tf.*` composition on the way from a
 * parameter to the value belongs inside `composed`. Everything made on the way is freed: each saved tensor as soon as the
 * gradient has passed it, and all of them when `f` throws.
 *
 * @param f computes the value with network operations; runs once, synchronously.
 * @param parameters the variables to differentiate with respect to.
 * @throws TfjsTrainingError `not-a-recorded-scalar` when `f` returns something else than a scalar made by network operations;
 *   `precision-unsupported` for a reduced precision on another engine than the native one.
 */
export function differentiate(
  f: () => Scalar,
  parameters: readonly Variable[],
  { precision = 'float32', lossScale = 1 }: DifferentiateOptions = {},
): Differentiated {
  assertPrecisionIsThere(precision);
  const tape = new Tape(parameters, precision);
  try {
    return tidy(
      () => {
        const output: unknown = withTape(tape, f);
        assertRecordedScalar(output, tape);
        const value = tf.clone(output);
        const gradients = withTape(undefined, () => tape.gradients(output, lossScale));
        const own = parameters.map(({ id }) => gradients.get(id) ?? null);
        return { value, gradients: lossScale === 1 ? own : own.map((gradient) => unscale(gradient, lossScale)) };
      },
      ({ value, gradients }) => [value, ...gradients],
    );
  } finally {
    tape.dispose();
  }
}

/** Takes the scaled gradient's place. */
function unscale(gradient: Tensor | null, lossScale: number): Tensor | null {
  if (!gradient) {
    return null;
  }
  const unscaled = tf.mul(gradient, 1 / lossScale);
  gradient.dispose();
  return unscaled;
}

function assertRecordedScalar(output: unknown, tape: Tape): asserts output is Scalar {
  const tensor = output instanceof tf.Tensor ? (output as Tensor) : undefined;
  if (tensor?.size !== 1) {
    const found = tensor ? `a tensor of shape [${tensor.shape.join(', ')}]` : typeof output;
    throw new TfjsTrainingError(`The function to differentiate returned ${found} instead of a scalar.`, {
      code: 'not-a-recorded-scalar',
      remedy: 'Reduce the loss to one number, synchronously, inside the function.',
    });
  }
  if (!tape.dependsOnParameters(tensor)) {
    throw new TfjsTrainingError(
      'The value to differentiate was not computed from any parameter by network operations.',
      {
        code: 'not-a-recorded-scalar',
        remedy: 'Put plain tf.* arithmetic between network operations and the value into composed(inputs, f).',
      },
    );
  }
}

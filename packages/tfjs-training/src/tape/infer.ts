import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

import { withTape } from './current-tape.js';

/**
 * Runs `f` forward only: nothing is recorded, and every tensor that it makes is freed except what it returns.
 *
 * @param f computes with network operations or `tf.*`, synchronously.
 * @returns what `f` returns; the caller disposes it.
 */
export function infer<T extends Tensor | Tensor[]>(f: () => T): T {
  return withTape(undefined, () => tf.tidy(f));
}

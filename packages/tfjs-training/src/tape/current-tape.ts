import * as tf from '@tensorflow/tfjs';

import type { Tape } from './tape.js';

const slot = Symbol.for('@fractura/tfjs-training.tape');
const shared = globalThis as { [slot]?: Tape | undefined };

/** The tape that network operations record themselves on, shared by the ES module and CommonJS builds of this package. */
export function currentTape(): Tape | undefined {
  return shared[slot];
}

/** Whether gradients may be asked for of what is computed now, by our tape or by TensorFlow.js's own. */
export const isDifferentiating = (): boolean => tf.engine().isTapeOn() || currentTape()?.differentiates === true;

/** Runs `f` with `tape` (or none) in force, and puts the one before back. */
export function withTape<T>(tape: Tape | undefined, f: () => T): T {
  const before = shared[slot];
  shared[slot] = tape;
  try {
    return f();
  } finally {
    shared[slot] = before;
  }
}

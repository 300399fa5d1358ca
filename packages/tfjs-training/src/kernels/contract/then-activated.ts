import type { Tensor } from '@tensorflow/tfjs';

import type { Activation, Kernels, Normalised } from './kernels.js';

/** The kernels of the activations. */
export type Activations = Pick<Kernels, 'relu' | 'reluBack' | 'relu6' | 'relu6Back' | 'leakyRelu' | 'leakyReluBack'>;

/** A normalisation that takes one more argument, the activation after it. */
export function thenActivated<Given extends unknown[]>(
  normalise: (...given: Given) => Normalised,
  kernels: Activations,
): (...given: [...Given, then: Activation]) => Normalised {
  return (...all) => {
    const given = all.slice(0, -1) as Given;
    const then = all.at(-1) as Activation;
    const normalised = normalise(...given);
    if (then.slope === 1) {
      return normalised;
    }
    const { forward, back } = partsOf(then, kernels);
    const output = forward(normalised.output);
    return {
      ...normalised,
      output,
      saved: [...normalised.saved, output],
      back: (dy) => normalised.back(back(dy, output)),
    };
  };
}

/** The activation, of a tensor that nothing else reads. */
export const activate = (x: Tensor, then: Activation, kernels: Activations): Tensor =>
  then.slope === 1 ? x : partsOf(then, kernels).forward(x);

/** The activation on its own, and its gradient, which reads its output. */
function partsOf(
  { slope, ceiling }: Activation,
  { relu, reluBack, relu6, relu6Back, leakyRelu, leakyReluBack }: Activations,
): { forward: (x: Tensor) => Tensor; back: (dy: Tensor, output: Tensor) => Tensor } {
  if (ceiling === 6) {
    return { forward: relu6, back: relu6Back };
  }
  if (slope === 0) {
    return { forward: relu, back: reluBack };
  }
  return { forward: (x) => leakyRelu(x, slope), back: (dy, output) => leakyReluBack(dy, output, slope) };
}

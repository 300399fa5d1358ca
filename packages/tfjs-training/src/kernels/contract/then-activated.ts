import type { Kernels, Normalised } from './kernels.js';

/** The kernels of the activations. */
export type Activations = Pick<Kernels, 'relu' | 'reluBack' | 'leakyRelu' | 'leakyReluBack'>;

/** A normalisation that takes one more argument, the slope of the leaky ReLU after it: 0 is a ReLU, 1 changes nothing. */
export function thenActivated<Given extends unknown[]>(
  normalise: (...given: Given) => Normalised,
  { relu, reluBack, leakyRelu, leakyReluBack }: Activations,
): (...given: [...Given, slope: number]) => Normalised {
  return (...all) => {
    const given = all.slice(0, -1) as Given;
    const slope = all.at(-1) as number;
    const normalised = normalise(...given);
    if (slope === 1) {
      return normalised;
    }
    const output = slope === 0 ? relu(normalised.output) : leakyRelu(normalised.output, slope);
    return {
      ...normalised,
      output,
      saved: [...normalised.saved, output],
      back: (dy) => normalised.back(slope === 0 ? reluBack(dy, output) : leakyReluBack(dy, output, slope)),
    };
  };
}

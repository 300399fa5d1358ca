import type { StateTensor } from '@fractura/tfjs-training';

/**
 * The first kernel for another number of channels: each gets the sum over the given channels, divided among them. A grey
 * picture thus gives exactly what it gave as RGB, and several equal channels give the same.
 *
 * @param kernel `[out, in, height, width]`; another tensor is given back as it is
 */
export function adaptInput(kernel: StateTensor, channels: number): StateTensor {
  const { shape, data: from } = kernel;
  const [outputs, inputs, height, width] = shape;
  if (shape.length !== 4 || inputs === channels || !(from instanceof Float32Array)) {
    return kernel;
  }
  const area = height * width;
  const data = new Float32Array(outputs * channels * area);
  for (let o = 0; o < outputs; o += 1) {
    for (let p = 0; p < area; p += 1) {
      let sum = 0;
      for (let i = 0; i < inputs; i += 1) {
        sum += from[(o * inputs + i) * area + p];
      }
      for (let c = 0; c < channels; c += 1) {
        data[(o * channels + c) * area + p] = sum / channels;
      }
    }
  }
  return { shape: [outputs, channels, height, width], data };
}

import { toFloat32, type Tensor as TorchTensor } from '@fractura/torch-weights';

/**
 * The first kernel for another number of channels: each gets the sum over the given channels, divided among them. A grey
 * picture thus gives exactly what it gave as RGB, and several equal channels give the same.
 *
 * @param kernel `[out, in, height, width]`
 */
export function adaptInput(kernel: TorchTensor, channels: number): TorchTensor {
  const [outputs, inputs, height, width] = kernel.shape as [number, number, number, number];
  if (inputs === channels) {
    return kernel;
  }
  const from = toFloat32(kernel);
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
  return { dtype: 'float32', shape: [outputs, channels, height, width], data };
}

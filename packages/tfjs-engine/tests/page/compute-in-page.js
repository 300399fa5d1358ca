/** One training step of a small network on an engine of the browser; bundled for the page of `page.test.ts`. */
import * as tf from '@tensorflow/tfjs';
import {
  composed,
  convolution,
  differentiate,
  instanceNorm,
  maxPool,
  transposedConvolution,
  useEngine,
} from '@fractura/tfjs-engine';

globalThis.compute = async (prefer) => {
  const { name, passedOver } = await useEngine({ prefer, wasmPath: '/wasm/' });
  const wave = (shape, seed) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    return tf.tensor(
      Array.from({ length: size }, (_, i) => Math.sin(12.9 * (i + 1) * seed)),
      shape,
    );
  };
  const image = wave([2, 12, 12, 3], 1);
  const shapes = [[3, 3, 3, 4], [4], [4], [2, 2, 4, 4], [3, 3, 4, 2]];
  const variables = shapes.map((shape, i) => tf.variable(wave(shape, i + 2)));
  const [first, scale, offset, up, last] = variables;
  const { value, gradients } = differentiate(() => {
    const features = instanceNorm(convolution(image, first), scale, offset, { leakyReluSlope: 0.01 });
    const pooled = maxPool(features, { size: 2, strides: 2, padding: 0 });
    const output = convolution(transposedConvolution(pooled, up, { strides: [2, 2] }), last, { strides: 2 });
    return composed([output], (y) => tf.mean(tf.square(y)));
  }, variables);
  const numbers = [...(await value.data())];
  for (const gradient of gradients) numbers.push(...(await gradient.data()));
  return { name, passedOver, numbers };
};

/**
 * One training step of a small network, whose layers those of a U-Net and of EfficientNet-Lite are made of, on the engine in use.
 *
 * @param tf TensorFlow.js
 * @param training what `@fractura/tfjs-training` exports
 * @returns the loss and every gradient, one after the other
 */
module.exports = async function trainingStep(tf, training) {
  const { composed, concatenate, convolution, depthwiseConvolution, differentiate, instanceNorm, maxPool } = training;
  const { relu6, transposedConvolution, upsampleNearest } = training;
  const random = (shape, seed) => tf.randomUniform(shape, -1, 1, 'float32', seed);
  const image = random([2, 12, 12, 3], 1);
  const shapes = [[3, 3, 3, 4], [4], [4], [2, 2, 4, 4], [3, 3, 4, 2], [5, 5, 1, 4], [3, 3, 1, 4]];
  const variables = shapes.map((shape, i) => tf.variable(random(shape, i + 2)));
  const [first, scale, offset, up, last, wide, narrow] = variables;
  const { value, gradients } = differentiate(() => {
    const features = instanceNorm(convolution(image, first), scale, offset, { leakyReluSlope: 0.01 });
    const pooled = maxPool(features, { size: 2, strides: 2, padding: 0 });
    const output = convolution(transposedConvolution(pooled, up, { strides: [2, 2] }), last, { strides: 2 });
    const filtered = relu6(depthwiseConvolution(features, wide, { strides: 2, padding: 'same' }));
    const upsampled = upsampleNearest(depthwiseConvolution(filtered, narrow, { strides: 2 }), 2);
    return composed([concatenate([output, upsampled])], (y) => tf.mean(tf.square(y)));
  }, variables);
  const numbers = [...(await value.data())];
  for (const gradient of gradients) numbers.push(...(await gradient.data()));
  return numbers;
};

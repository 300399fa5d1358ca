import { expect, test } from '@jest/globals';
import { estimateFlops } from '../../src/index.js';

test.each([
  [18, 11_689_512],
  [50, 25_557_032],
] as const)("ResNet-%i has torchvision's published %i parameters for ImageNet", (depth, parameters) => {
  const image = { inputChannels: 3, height: 224, width: 224, batchSize: 1 };
  expect(estimateFlops({ depth, ...image, classes: 1000 }).parameters).toBe(parameters);
});

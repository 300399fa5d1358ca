import { expect, test } from '@jest/globals';
import { preparationOf } from '../../src/training/checkpoint.js';

const image = { width: 32, height: 24, channels: 1 };

test('what a checkpoint says of the preparation of images is obeyed', () => {
  const preparation = { resize: 'lanczos', width: 32, height: 24, channels: 1, depth: 'stored' } as const;
  expect(preparationOf({ image, preparation })).toEqual(preparation);
});

test('a classifier that was trained on arrays has none', () => {
  expect(preparationOf({ image, preparation: null })).toBeUndefined();
});

test('checkpoints of earlier versions mean bilinear resizing in 8 bits, where image files have the channels', () => {
  expect(preparationOf({ image })).toEqual({ ...image, resize: 'bilinear', depth: 'uint8' });
  expect(preparationOf({ image: { ...image, channels: 2 } })).toBeUndefined();
});

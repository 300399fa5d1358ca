import { expect, test } from '@jest/globals';
import { WindowPresence } from '../../src/inference/window-presence.js';

test('of each class the largest mean over a window’s orientations counts', () => {
  const presence = new WindowPresence(2);
  // Two windows of two orientations each, two classes: means 1 and 4, then 3 and -1.
  presence.add(Float32Array.of(0, 5, 2, 3, 4, -2, 2, 0), 0, 4);
  expect([...presence.largest()!]).toEqual([3, 4]);
});

test('windows may come in any portions, which cut through orientations', () => {
  const presence = new WindowPresence(2);
  presence.add(Float32Array.of(0, 2, 4), 0, 3);
  presence.add(Float32Array.of(-10), 3, 1);
  expect([...presence.largest()!]).toEqual([1]);
});

test('networks without a head tell nothing', () => {
  const presence = new WindowPresence(1);
  presence.add(undefined, 0, 3);
  expect(presence.largest()).toBeUndefined();
});

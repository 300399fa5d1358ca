import { expect, test } from '@jest/globals';
import { drawsOf, mutate } from '../src/index.js';

test('the same seed damages a file in the same ways, and leaves the file itself as it is', () => {
  const sound = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  const copy = Uint8Array.from(sound);
  const [one, other] = [drawsOf(7), drawsOf(7)];
  const damaged = Array.from({ length: 50 }, () => mutate(sound, one));
  expect(damaged).toEqual(Array.from({ length: 50 }, () => mutate(sound, other)));
  expect(new Set(damaged.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBeGreaterThan(45);
  expect(sound).toEqual(copy);
});

import { expect, test } from '@jest/globals';
import { predictLogits, type ForeignNetwork } from '../../src/index.js';

/** Says of a pixel its value times a factor, and that much less for the other class. */
const times = (factor: number, presence?: number): ForeignNetwork => ({
  spatialRank: 2,
  inputChannels: 1,
  outputChannels: 2,
  predict: (input, [batch]) => {
    const logits = Float32Array.from(
      { length: 2 * input.length },
      (_, i) => (i % 2 === 0 ? 1 : -1) * factor * input[i >> 1],
    );
    return Promise.resolve(
      presence === undefined ? { logits } : { logits, presence: new Float32Array(batch).fill(presence) },
    );
  },
});

const image = { data: Float32Array.from({ length: 6 * 9 }, (_, i) => i % 7), shape: [1, 1, 6, 9], patchSize: [4, 4] };

test('networks of another runtime are asked window by window, and averaged', async () => {
  const { logits, presence } = await predictLogits({ ...image, networks: [times(1, 3), times(3, 5)] });
  const expected = [...image.data].map((value) => 2 * value);
  expect(logits).toHaveLength(2 * expected.length);
  expected.forEach((value, i) => {
    expect(logits[i]).toBeCloseTo(value, 4);
    expect(logits[expected.length + i]).toBeCloseTo(-value, 4);
  });
  expect([...presence!]).toEqual([4]);
});

test('presence is told where every network tells it', async () => {
  const { presence } = await predictLogits({ ...image, networks: [times(1, 3), times(3)] });
  expect(presence).toBeUndefined();
});

import type { LabelSet } from '@fractura/nnunet-format';
import { expect, test } from '@jest/globals';
import type { Batch } from '../../src/batches/batch.js';
import { exampleOf } from '../../src/training/epoch-example.js';

const set = (changes: Partial<LabelSet> = {}) =>
  ({
    channelLabels: [[0], [1], [2]],
    foreground: [
      { label: 1, channel: 1 },
      { label: 2, channel: 2 },
    ],
    hasRegions: false,
    ...changes,
  }) as unknown as LabelSet;

/** A batch of pictures of two channels, of which the second is never shown. */
function batchOf(labels: readonly number[], shape: readonly number[]): Batch {
  const image = Float32Array.from({ length: labels.length * 2 }, (_, i) => (i % 2 === 0 ? i / 2 : -1));
  return {
    image,
    imageShape: [...shape, 2],
    levels: [{ labels: Int16Array.from(labels), shape: [...shape] }],
  };
}
const logitsOf = (best: readonly number[]) =>
  Float32Array.from({ length: best.length * 3 }, (_, i) => Number(best[Math.floor(i / 3)] === i % 3));

test('the first image with foreground is shown, its first channel, labels and marks', () => {
  const batch = batchOf([0, 0, 0, 0, 0, 2, 1, 0], [2, 2, 2]);
  expect(exampleOf(batch, logitsOf([0, 0, 0, 0, 1, 2, 0, 0]), set())).toEqual({
    width: 2,
    height: 2,
    image: Float32Array.of(4, 5, 6, 7),
    reference: Uint8Array.of(0, 1, 1, 0),
    prediction: Uint8Array.of(1, 1, 0, 0),
  });
});

test('without foreground it is the first image; of a volume it is the middle slice', () => {
  const volume = batchOf(new Array<number>(12).fill(0), [1, 3, 2, 2]);
  const { image, reference } = exampleOf(volume, logitsOf(new Array<number>(12).fill(0)), set());
  expect(image).toEqual(Float32Array.of(4, 5, 6, 7));
  expect(reference).toEqual(new Uint8Array(4));
});

test('a region is marked where its logit is above 0, whichever is the highest', () => {
  const logits = Float32Array.of(5, 1, -1, 5, -1, -1);
  const { prediction } = exampleOf(batchOf([0, 0], [1, 1, 2]), logits, set({ hasRegions: true }));
  expect(prediction).toEqual(Uint8Array.of(1, 0));
});

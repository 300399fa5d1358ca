import { temporaryFolder } from '@fractura/testing';
import { expect, jest, test } from '@jest/globals';
import { openBatchMaker } from '../../src/batches/batch-maker.js';
import { cacheImages } from '../../src/data/cache-images.js';
import { cachedReader } from '../../src/data/image-cache.js';
import { drawEpoch } from '../../src/training/draw-epoch.js';
import { toySamples } from '../support/toy-samples.js';

jest.setTimeout(60_000);

const recipe = {
  size: { height: 16, width: 16, channels: 1 },
  normalisation: { mean: [0.4], standardDeviation: [0.2] },
  augmentation: { rotation: 20, blur: [0.5, 1.5] as const },
};
const drawn = { seed: 5, epoch: 2, batchSize: 4, sampling: 'each', augmentation: recipe.augmentation } as const;

async function made(samples: ReturnType<typeof toySamples>, workers: number): Promise<Float32Array[]> {
  const maker = openBatchMaker({ recipe, read: cachedReader(0), workers });
  const batches: Float32Array[] = [];
  try {
    for await (const { data } of maker.batches(drawEpoch(samples, drawn))) {
      batches.push(data);
    }
    return batches;
  } finally {
    await maker.close();
  }
}

test('batches are the same from memory and from the cache, made here or in threads, however many', async () => {
  const samples = toySamples(22, { size: 16 });
  const folder = await temporaryFolder('batches-');
  const cached = await cacheImages(samples, { folder, signature: () => '' });
  const expected = await made(samples, 0);
  expect(expected.map(({ length }) => length / 256)).toEqual([4, 4, 4, 4, 4, 2]);
  for (const workers of [0, 1, 3]) {
    expect(await made(cached, workers)).toEqual(expected);
  }
});

test('an image that cannot be read ends the training with its own error, from a thread too', async () => {
  const cached = await cacheImages(toySamples(4, { size: 16 }), {
    folder: await temporaryFolder('batches-'),
    signature: () => '',
  });
  const gone = cached.map((sample) => ({ ...sample, stored: { ...sample.stored!, file: 'absent.images' } }));
  await expect(made(gone, 1)).rejects.toMatchObject({
    name: 'Resnet18ClassifierError',
    code: 'image-cache-damaged',
    message: expect.stringContaining('absent.images') as unknown,
  });
});

import { appendFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { cacheImages } from '../../src/data/cache-images.js';
import type { UnlabelledSample } from '../../src/index.js';

const signature = () => 'as they are';

/** Samples of 2 x 3 pixels, and how many were read. */
function countedSamples(images: readonly (readonly number[])[]) {
  const counts = { reads: 0 };
  const samples = images.map((values, n): UnlabelledSample => ({
    id: `image ${n}`,
    image: () => {
      counts.reads += 1;
      return { data: Float32Array.from(values), height: 2, width: 3, channels: 1 };
    },
  }));
  return { samples, counts };
}

const eight = [0, 1, 7, 128, 254, 255].map((level) => level / 255);
const sixteen = [0, 1, 258, 40_000, 65_534, 65_535].map((level) => level / 65_535);
const other = [0.1, -3, 1e-20, 7, 0.5, 1];

test('images come back number for number, in one byte, two or four for each', async () => {
  const { samples } = countedSamples([eight, sixteen, other, eight]);
  const cached = await cacheImages(samples, { folder: await temporaryFolder('cache-'), signature });
  expect(cached.map(({ stored }) => stored!.type)).toEqual(['uint8', 'uint16', 'float32', 'uint8']);
  expect(cached.map(({ stored }) => stored!.offset)).toEqual([0, 6, 18, 42]);
  for (const [n, { id, image }] of cached.entries()) {
    expect(id).toBe(samples[n].id);
    expect(await image()).toEqual(await samples[n].image());
  }
});

test('what is cached is not read again, unless its signature is another one or a file is cut off', async () => {
  const folder = await temporaryFolder('cache-');
  const { samples, counts } = countedSamples([eight, sixteen]);
  await cacheImages(samples, { folder, signature });
  await cacheImages(samples, { folder, signature });
  expect(counts.reads).toBe(2);
  await cacheImages(samples, { folder, signature: () => 'resized otherwise' });
  expect(counts.reads).toBe(4);
  for (const name of (await readdir(folder)).filter((each) => each.endsWith('.images'))) {
    await writeFile(join(folder, name), 'cut');
  }
  const cached = await cacheImages(samples, { folder, signature });
  expect(counts.reads).toBe(6);
  expect(await cached[1].image()).toEqual(await samples[1].image());
});

test('a caching that was ended goes on where it was', async () => {
  const folder = await temporaryFolder('cache-');
  const { samples, counts } = countedSamples(Array.from({ length: 600 }, () => eight));
  const controller = new AbortController();
  const onProgress = ({ done }: { done: number }) => {
    if (done === 520) {
      controller.abort();
    }
  };
  await expect(cacheImages(samples, { folder, signature, signal: controller.signal, onProgress })).rejects.toThrow();
  expect((await readdir(folder)).some((name) => name.endsWith('.tmp'))).toBe(false);
  counts.reads = 0;
  const cached = await cacheImages(samples, { folder, signature });
  expect(counts.reads).toBe(600 - 512);
  expect(cached).toHaveLength(600);
});

test('few images are in memory while thousands are cached', async () => {
  let alive = 0;
  let most = 0;
  const { samples } = countedSamples(Array.from({ length: 1000 }, () => eight));
  const watched = samples.map((sample) => ({
    ...sample,
    image: async () => {
      alive += 1;
      most = Math.max(most, alive);
      return sample.image();
    },
  }));
  let written = 0;
  await cacheImages(watched, {
    folder: await temporaryFolder('cache-'),
    signature,
    onProgress: ({ done }) => {
      alive -= done - written;
      written = done;
    },
  });
  expect(written).toBe(1000);
  expect(most).toBeLessThanOrEqual(5);
});

test('a file that was cut off after it was found is told by name', async () => {
  const folder = await temporaryFolder('cache-');
  const { samples } = countedSamples([eight]);
  const [cached] = await cacheImages(samples, { folder, signature });
  await writeFile(cached.stored!.file, 'cut');
  await expect(cached.image()).rejects.toMatchObject({ code: 'image-cache-damaged' });
  await appendFile(cached.stored!.file, 'longer again');
  expect((await cached.image()).data).toHaveLength(6);
});

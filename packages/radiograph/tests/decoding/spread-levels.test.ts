import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { spreadLevels } from '../../src/decoding/spread-levels.js';
import { readImage, readRadiograph } from '../../src/index.js';

const path = (name: string) => fileURLToPath(new URL(`../fixtures/stored/${name}`, import.meta.url));

test.each(['f32.tif', 'f16.tif', 'i8.tif', 'i16.tif', 'i32.tif', 'u32.tif'])(
  'the range of %s is spread over 16 bits, which is said',
  async (name) => {
    const stored = [...(await readImage(path(name))).data];
    const { data, warnings } = await readRadiograph(path(name));
    const [low, high] = [Math.min(...stored), Math.max(...stored)];
    expect(warnings).toEqual([expect.stringContaining(`from ${low} to ${high}, which are spread over 16 bits.`)]);
    expect([...data]).toEqual(stored.map((value) => Math.round(((value - low) * 65535) / (high - low))));
    expect([Math.min(...data), Math.max(...data)]).toEqual([0, 65535]);
  },
);

test('what is no number is refused', () => {
  const data = Float32Array.of(1, Number.NaN, 2, Infinity);
  expect(() => spreadLevels('a.tif', { data, shape: [2, 2], spacing: [999, 1, 1] })).toThrow(
    '2 of its 4 pixels are no finite numbers',
  );
});

test('of a stack of pages the first is read, which is said', async () => {
  const { warnings } = await readRadiograph(path('stack.tif'));
  expect(warnings[0]).toMatch(/^.*stack\.tif holds \d+ images; the first is read\.$/);
});

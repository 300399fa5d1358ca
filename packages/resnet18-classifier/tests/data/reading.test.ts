import { expect, test } from '@jest/globals';
import { RandomState } from '@fractura/python-compat';
import { augment } from '../../src/data/augmentation.js';
import { cutBatches } from '../../src/batches/cut-batches.js';
import { cachedReader } from '../../src/data/image-cache.js';
import { measureImages } from '../../src/data/normalisation.js';
import { gaussianBlur, rotate, type UnlabelledSample } from '../../src/index.js';
import { shift } from '../../src/transforms/shift.js';

/** A sample of 2 x 2 pixels, two channels, and how often it has been read. */
function countedSample(id: string, values: number[] = [0, 1, 2, 3, 4, 5, 6, 7]) {
  const sample = {
    id,
    reads: 0,
    image: () => {
      sample.reads += 1;
      return { data: Float32Array.from(values), height: 2, width: 2, channels: 2 };
    },
  };
  return sample;
}

test('images are kept after their first read until the memory allowed is full', async () => {
  const samples = ['a', 'b', 'c'].map((id) => countedSample(id));
  const read = cachedReader(2 * 8 * 4);
  for (let pass = 0; pass < 3; pass += 1) {
    for (const sample of samples) {
      await read(sample);
    }
  }
  expect(samples.map(({ reads }) => reads)).toEqual([1, 1, 3]);
});

test.each<[string, UnlabelledSample, RegExp]>([
  ['too few numbers', countedSample('short', [1, 2]), /Image short has 2 numbers/],
  ['a value that is not finite', countedSample('nan', [0, 1, 2, 3, 4, 5, 6, NaN]), /Image nan holds a value/],
])('an image with %s is refused by name', async (_, sample, message) => {
  await expect(cachedReader(1000)(sample)).rejects.toThrow(message);
});

test('an image of another size than the first is refused', async () => {
  const other = { id: 'other', image: () => ({ data: new Float32Array(8), height: 1, width: 4, channels: 2 }) };
  const measured = measureImages([countedSample('a'), other], { inputChannels: 2, read: cachedReader(0) });
  await expect(measured).rejects.toThrow('Image other is 1x4x2, not 2x2x2');
});

test('mean and deviation are those of each channel over all images; a constant channel has deviation 1', async () => {
  const samples = [countedSample('a', [1, 5, 3, 5, 1, 5, 3, 5]), countedSample('b', [1, 5, 1, 5, 3, 5, 3, 5])];
  const { normalisation, size } = await measureImages(samples, { inputChannels: 2, read: cachedReader(0) });
  expect(size).toEqual({ height: 2, width: 2, channels: 2 });
  expect(normalisation).toEqual({ mean: [2, 5], standardDeviation: [1, 1] });
});

test('a flip moves whole pixels, and no augmentation leaves the image as it is', () => {
  const image = countedSample('a').image();
  const still = { horizontalFlip: 0, verticalFlip: 0, shift: 0 };
  expect([...augment(image, still, new RandomState(0))]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const flipped = augment(image, { ...still, horizontalFlip: 1 }, new RandomState(0));
  expect([...flipped]).toEqual([2, 3, 0, 1, 6, 7, 4, 5]);
});

test('a turn and a blur are drawn after flips and shifts, and only where asked', () => {
  const image = countedSample('a').image();
  const still = { horizontalFlip: 0, verticalFlip: 0, shift: 0 };
  const plain = new RandomState(3);
  augment(image, still, plain);
  const random = new RandomState(3);
  const changed = augment(image, { ...still, rotation: 180, blur: [0.5, 2] }, random);
  const repeat = new RandomState(3);
  repeat.randomSample();
  repeat.randomSample();
  repeat.uniform(0, 0);
  repeat.uniform(0, 0);
  expect(plain.randomSample()).not.toBe(random.randomSample());
  const turned = rotate(image, { angle: repeat.uniform(-180, 180) });
  expect(changed).toEqual(gaussianBlur(turned, repeat.uniform(0.5, 2)).data);
});

test('a shift repeats the border', () => {
  const image = { data: Float32Array.of(1, 2, 3, 4), height: 2, width: 2, channels: 1 };
  expect([...shift(image, { rows: 1, columns: 0 }).data]).toEqual([3, 4, 3, 4]);
  expect([...shift(image, { rows: 0, columns: -1 }).data]).toEqual([1, 1, 3, 3]);
});

test('a single item left over joins the batch before it', () => {
  expect(cutBatches([1, 2, 3, 4, 5], 2)).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  expect(cutBatches([1, 2, 3], 1)).toEqual([[1], [2], [3]]);
});

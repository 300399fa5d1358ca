import { useTemporaryFolder } from '@fractura/testing';
import { readPickle, writePickle } from '@fractura/torch-weights';
import { expect, test } from '@jest/globals';
import { readGridOfProperties, writeCaseProperties, type CaseProperties, type ImageGrid } from '../../src/index.js';

const at = useTemporaryFolder();

const properties: CaseProperties = {
  spacing: [3, 4, 2],
  shape_before_cropping: [3, 2, 2],
  bbox_used_for_cropping: [
    [0, 3],
    [0, 2],
    [0, 2],
  ],
  shape_after_cropping_and_before_resampling: [3, 2, 2],
};

/** Stored x runs to the left, y to the top, z to the front. */
const grid: ImageGrid = {
  dimensions: 3,
  spacing: [2, 3, 4],
  affine: [
    [-2, 0, 0, 10],
    [0, 0, 4, 20],
    [0, 3, 0, 30],
    [0, 0, 0, 1],
  ],
};

test.each([
  ['SimpleITKIO', false],
  ['NibabelIO', false],
  ['SimpleITKIOWithReorient', true],
  ['NibabelIOWithReorient', true],
])('the grid of an image that %s read is found again', async (reader, turned) => {
  const written = turned ? { ...grid, turned } : grid;
  await writeCaseProperties(at('case.pkl'), properties, { reader, grid: written, shape: [3, 2, 2] });
  const { turned: found = false, ...others } = (await readGridOfProperties(at('case.pkl')))!;
  expect({ found, ...others }).toEqual({ found: turned, ...grid });
});

test('the geometry has SimpleITK’s signs and order, and the letters of the stored axes where they were turned', async () => {
  const reader = 'SimpleITKIOWithReorient';
  await writeCaseProperties(at('case.pkl'), properties, { reader, grid: { ...grid, turned: true }, shape: [3, 2, 2] });
  const pickle = (await readPickle(at('case.pkl'))) as Map<string, Map<string, unknown>>;
  const geometry = pickle.get('sitk_stuff')!;
  expect(geometry.get('original_orientation')).toBe('LSA');
  expect(Array.from(geometry.get('spacing') as Iterable<number>)).toEqual([2, 4, 3]);
});

test('pictures have no grid, and their spacing is in whole numbers', async () => {
  const place = { reader: 'NaturalImage2DIO', grid: undefined, shape: [1, 2, 2] };
  await writeCaseProperties(at('case.pkl'), { ...properties, spacing: [999, 1, 1] }, place);
  expect(await readGridOfProperties(at('case.pkl'))).toBeUndefined();
});

test('a pickle of something else is refused', async () => {
  await writePickle(at('case.pkl'), [1, 2]);
  await expect(readGridOfProperties(at('case.pkl'))).rejects.toMatchObject({ code: 'properties-invalid' });
});

import { expect, test } from '@jest/globals';
import { exploreAtlas, type AtlasAnnotation } from '../../src/index.js';
import { summarise } from '../../src/explore/summary.js';
import { fakeRecord } from '../support/fake-records.js';

const annotation = (box: [number, number, number, number], areaPixels: number): AtlasAnnotation => ({
  id: 1,
  categoryId: 0,
  polygons: [],
  box,
  areaPixels,
  crowd: false,
});

const records = [
  fakeRecord(1, true, {
    width: 160,
    height: 320,
    bodyParts: ['hand', 'shoulder'],
    views: ['lateral'],
    hardware: true,
    annotations: [annotation([0, 0, 16, 32], 512), annotation([144, 288, 16, 32], 51.2)],
  }),
  fakeRecord(2, false, { bodyParts: [], views: ['lateral', 'frontal'], orientation: 6, channels: 1 }),
  fakeRecord(3, false, { multiscan: true }),
];
const exploration = exploreAtlas({ records, categories: [{ id: 0, name: 'fractured' }] });

test('images, labels and outlines are counted', () => {
  expect(exploration).toMatchObject({ images: 3, fractured: 1, normal: 2, annotations: 2 });
  expect(exploration.categories).toEqual([{ id: 0, name: 'fractured', annotations: 2 }]);
  expect(exploration.annotationsPerImage).toEqual([{ annotations: 2, images: 1 }]);
});

test('properties are counted by label; what is not stated is said so', () => {
  const { bodyParts, views, hardware, multiscan, orientations, channels, sizes } = exploration;
  expect(bodyParts).toEqual([
    { name: 'hand', fractured: 1, normal: 1 },
    { name: 'leg', fractured: 0, normal: 0 },
    { name: 'hip', fractured: 0, normal: 0 },
    { name: 'shoulder', fractured: 1, normal: 0 },
    { name: 'not stated', fractured: 0, normal: 1 },
  ]);
  expect(views.map(({ fractured, normal }) => [fractured, normal])).toEqual([
    [0, 2],
    [1, 1],
    [0, 0],
  ]);
  expect(hardware[0]).toEqual({ name: 'with', fractured: 1, normal: 0 });
  expect(multiscan[1]).toEqual({ name: 'several films', fractured: 0, normal: 1 });
  expect(orientations.map(({ name }) => name)).toEqual(['1', '6']);
  expect(channels.map(({ name }) => name)).toEqual(['1', '3']);
  expect(sizes[0]).toEqual({ name: '373x454', fractured: 0, normal: 2 });
});

test('outlines are measured against their image', () => {
  expect(exploration.maskArea).toMatchObject({ count: 2, min: 51.2, max: 512, mean: 281.6 });
  expect(exploration.maskShare).toMatchObject({ min: 0.001, max: 0.01 });
  expect(exploration.boxWidth).toMatchObject({ min: 0.1, max: 0.1 });
  expect(exploration.boxHeight.median).toBe(0.1);
  const filled = exploration.maskShareHistogram.filter(({ count }) => count > 0);
  expect(filled).toHaveLength(2);
  for (const { from, to } of filled) {
    expect(to / from).toBeCloseTo(10 ** 0.25, 2);
  }
  expect(exploration.maskShareHistogram.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  expect(exploration.positions).toHaveLength(16);
  expect([exploration.positions[0][0], exploration.positions[15][15]]).toEqual([1, 1]);
  expect(exploration.positions.flat().reduce((sum, count) => sum + count)).toBe(2);
});

test('it is plain data', () => {
  expect(JSON.parse(JSON.stringify(exploration))).toEqual(exploration);
});

test('an empty atlas is explored too', () => {
  expect(exploreAtlas({ records: [], categories: [] })).toMatchObject({ images: 0, maskArea: { count: 0, mean: 0 } });
});

test('quartiles are those of numpy', () => {
  // numpy.percentile([3, 1, 4, 1, 5, 9], [25, 50, 75])
  expect(summarise([3, 1, 4, 1, 5, 9])).toEqual({
    count: 6,
    min: 1,
    lowerQuartile: 1.5,
    median: 3.5,
    upperQuartile: 4.75,
    max: 9,
    mean: 23 / 6,
  });
});

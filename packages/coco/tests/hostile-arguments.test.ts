import { expect, test } from '@jest/globals';
import { faultsOfHostileCalls } from '@fractura/testing';
import * as coco from '../src/index.js';

const rle = { size: [2, 2], counts: [1, 2, 1] };

test('every function refuses hostile arguments by an error with a code and a remedy', async () => {
  const sound = {
    decodeRle: [rle],
    compressRle: [rle],
    decompressRle: [{ size: [2, 2], counts: '121' }],
    encodeRle: [[0, 1, 1, 0], 2, 2],
    maskToAnnotation: [[0, 1, 1, 0], { height: 2, width: 2 }, { as: 'rle' }],
    maskToPolygons: [[0, 1, 1, 0], 2, 2],
    mergeRle: [[rle, rle], { intersect: true }],
    polygonsToRle: [[[0, 0, 2, 0, 2, 2]], 2, 2],
    segmentationToRle: [[[0, 0, 2, 0, 2, 2]], { height: 2, width: 2 }],
  };
  expect(await faultsOfHostileCalls(coco, { sound })).toEqual([]);
});

test('a mask of 10^12 pixels is refused before any memory is taken', () => {
  expect(() => coco.decodeRle({ size: [1_000_000, 1_000_000], counts: [1_000_000_000_000] })).toThrow(coco.CocoError);
});

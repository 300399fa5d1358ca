import { expect, test } from '@jest/globals';
import { decodeRle, decompressRle, maskToAnnotation, segmentationToRle, type CocoRle } from '../../src/index.js';

const mask = [0, 1, 1, 0, 0, 1, 0, 0];
const size = { height: 2, width: 4 };

test('a mask becomes polygons with its area and box', () => {
  expect(maskToAnnotation(mask, size)).toEqual({
    segmentation: [[1, 0, 3, 0, 3, 1, 2, 1, 2, 2, 1, 2]],
    area: 3,
    bbox: [1, 0, 2, 2],
  });
});

test('or a compressed RLE, in the frame of the image', () => {
  const frame = { height: 4, width: 8 };
  const { segmentation, area, bbox } = maskToAnnotation(mask, size, { frame, as: 'rle' });
  expect([area, bbox]).toEqual([12, [2, 0, 4, 4]]);
  expect(typeof (segmentation as CocoRle).counts).toBe('string');
  expect(segmentationToRle(segmentation, frame)).toEqual(decompressRle(segmentation as CocoRle));
  expect(Array.from(decodeRle(decompressRle(segmentation as CocoRle)))).toEqual([
    ...[0, 0, 1, 1, 1, 1, 0, 0],
    ...[0, 0, 1, 1, 1, 1, 0, 0],
    ...[0, 0, 1, 1, 0, 0, 0, 0],
    ...[0, 0, 1, 1, 0, 0, 0, 0],
  ]);
});

test('a mask of another length is refused', () => {
  expect(() => maskToAnnotation([1], size)).toThrow(expect.objectContaining({ code: 'mask-invalid' }));
});

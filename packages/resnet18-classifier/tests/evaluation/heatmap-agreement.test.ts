import { expect, test } from '@jest/globals';
import { centreMap, heatmapAgreement } from '../../src/evaluation/heatmap-agreement.js';

const size = { height: 2, width: 3 };
const mask = [0, 1, 1, 0, 0, 0];

test('the hottest pixel, the energy inside and the IoU are those of the definitions', () => {
  const inside = { ...size, mask, heatmap: [0.1, 1, 0.5, 0.4, 0, 0] };
  const outside = { ...size, mask, heatmap: [1, 0, 0, 0, 0, 0] };
  const { images, pointingGame, energyInside, iou, bestCutoff } = heatmapAgreement([inside, outside]);
  expect(images).toBe(2);
  expect(pointingGame.value).toBe(0.5);
  expect(energyInside.value).toBeCloseTo(0.75 / 2, 12);
  // Above 0.45 of the maximum the first map is the mask, the second beside it.
  expect(iou.value).toBe(0.5);
  expect(bestCutoff).toBe(0.45);
});

test('the scale of a map does not matter, and a map of zeros points nowhere', () => {
  const map = [0.1, 1, 0.5, 0.4, 0, 0];
  const scaled = heatmapAgreement([{ ...size, mask, heatmap: map.map((value) => 64 * value) }]);
  expect(scaled).toEqual(heatmapAgreement([{ ...size, mask, heatmap: map }]));
  const empty = heatmapAgreement([{ ...size, mask, heatmap: map.map(() => 0) }]);
  expect([empty.pointingGame.value, empty.energyInside.value, empty.iou.value]).toEqual([0, 0, 0]);
});

test('intervals draw whole groups', () => {
  const hit = { ...size, mask, heatmap: [0, 1, 0, 0, 0, 0] };
  const miss = { ...size, mask, heatmap: [1, 0, 0, 0, 0, 0] };
  const judged = [hit, hit, hit, miss, miss, miss].map((each, i) => ({ ...each, group: i < 3 ? 'a' : 'b' }));
  const { pointingGame } = heatmapAgreement(judged);
  expect([pointingGame.lower, pointingGame.upper]).toEqual([0, 1]);
});

test('the map of the middle is largest there and alike on both sides', () => {
  const map = centreMap(4, 6);
  expect(map[1 * 6 + 2]).toBe(Math.max(...map));
  expect(map).toEqual(map.slice().reverse());
});

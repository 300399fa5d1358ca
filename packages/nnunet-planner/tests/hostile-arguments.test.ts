import { expect, test } from '@jest/globals';
import { faultsOfHostileCalls } from '@fractura/testing';
import * as planner from '../src/index.js';

test('every function refuses hostile arguments by an error with a code and a remedy', async () => {
  const sound = {
    networkTopology: [[1, 1], [64, 64], { maximalPoolings: 6 }],
    shapeAtSpacing: [
      [1, 64, 64],
      [999, 1, 1],
      [999, 2, 2],
    ],
    sigmoid: [[0, 1]],
  };
  expect(await faultsOfHostileCalls(planner, { sound })).toEqual([]);
});

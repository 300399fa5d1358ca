import { expect, test } from '@jest/globals';
import { faultsOfHostileCalls } from '@fractura/testing';
import * as report from '../src/index.js';

test('every function refuses hostile arguments by an error with a code and a remedy', async () => {
  expect(
    await faultsOfHostileCalls(report, { sound: { formatMeasure: [{ value: 0.5, lower: 0.4, upper: 0.6 }] } }),
  ).toEqual([]);
});

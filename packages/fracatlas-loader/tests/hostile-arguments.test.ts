import { expect, test } from '@jest/globals';
import { faultsOfHostileCalls } from '@fractura/testing';
import * as loader from '../src/index.js';

const records = Array.from({ length: 12 }, (_, i) => ({
  id: `${i}`,
  file: `${i}.jpg`,
  fractured: i < 6,
  bytes: 10 + i,
}));

test('every function refuses hostile arguments by an error with a code and a remedy', async () => {
  const sound = {
    kFold: [records, { seed: 1, folds: 3 }],
    holdOut: [records, { seed: 1, testShare: 0.2 }],
    balancedSet: [records, { seed: 1 }],
    fingerprintOf: [records, [['0.jpg', '1.jpg']]],
    groupNumbers: [[['0.jpg', '1.jpg']]],
  };
  expect(await faultsOfHostileCalls(loader, { sound })).toEqual([]);
});

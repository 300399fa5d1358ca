import { drawsFrom } from '@fractura/seeded-random';
import { expect, test } from '@jest/globals';
import { HashIndex } from '../../src/audit/hash-index.js';
import { hammingDistance, hashWords } from '../../src/audit/perceptual-hash.js';

const draws = drawsFrom(3);
const bits = hashWords * 32;

/** Random hashes, of which every second one is the one before with so many bits changed. */
function tableWith(count: number, changed: (pair: number) => number): Uint32Array {
  const table = Uint32Array.from({ length: count * hashWords }, () => draws.whole(0, 2 ** 32 - 1));
  for (let pair = 0; pair < count / 2; pair += 1) {
    const [one, other] = [2 * pair * hashWords, (2 * pair + 1) * hashWords];
    table.copyWithin(other, one, one + hashWords);
    for (const bit of draws.shuffled(Array.from({ length: bits }, (_, i) => i)).slice(0, changed(pair))) {
      table[other + (bit >>> 5)] ^= 1 << (bit & 31);
    }
  }
  return table;
}

/** Pairs that an index finds, as `i j distance`. */
function found(table: Uint32Array, limit: number): string[] {
  const index = new HashIndex(table);
  const pairs: string[] = [];
  for (let j = 0; j < table.length / hashWords; j += 1) {
    index.near(table, j, limit, (i, distance) => pairs.push(`${i} ${j} ${distance}`));
  }
  return pairs.sort();
}

test('every pair of up to 47 bits is found, each once, with its distance', () => {
  const table = tableWith(200, (pair) => pair % 48);
  const expected: string[] = [];
  for (let j = 0; j < 200; j += 1) {
    for (let i = 0; i < j; i += 1) {
      const distance = hammingDistance(table, i, table, j);
      if (distance < 48) {
        expected.push(`${i} ${j} ${distance}`);
      }
    }
  }
  expect(expected).toHaveLength(100);
  expect(found(table, 48)).toEqual(expected.sort());
});

test('nearly every pair of 63 bits is found, and none beyond the limit', () => {
  const table = tableWith(2000, () => 63);
  const pairs = found(table, 64);
  expect(pairs.length).toBeGreaterThan(960);
  expect(pairs.length).toBeLessThanOrEqual(1000);
  expect(found(table, 63)).toEqual([]);
});

test('equal hashes are all found', () => {
  expect(found(new Uint32Array(3 * hashWords), 1)).toEqual(['0 1 0', '0 2 0', '1 2 0']);
});

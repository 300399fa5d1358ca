import { expect } from '@jest/globals';

/** A number of a reference file; where the library raised, its error. */
export type Stored = number | string | { error: string } | undefined;

/** Equal to nine digits; where the library raised, ours is NaN; what is not stored is not compared. */
export function expectStored(name: string, own: number, stored: Stored): void {
  if (stored === undefined) {
    return;
  }
  const expected = typeof stored === 'object' ? NaN : Number(stored);
  const same = Object.is(own, expected) || Math.abs(own - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
  expect({ name, own, expected, same }).toEqual({ name, own, expected, same: true });
}

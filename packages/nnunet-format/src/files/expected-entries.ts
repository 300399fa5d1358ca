import { describeValue } from '@fractura/errors';

/** What a value in a file must be. */
export interface Expectation {
  /** In words, to follow "it must be". */
  what: string;
  fits: (value: unknown) => boolean;
}

export type Table = Record<string, unknown>;

/** Whether a value is an object with keys, not a list. */
export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;
export const isFiniteNumber = (value: unknown): value is number => Number.isFinite(value);

export const isPositive = (value: unknown): value is number => isFiniteNumber(value) && value > 0;

/** A list of `lengths` entries that all fit. */
export const isListOf = (value: unknown, fits: (entry: unknown) => boolean, lengths?: readonly number[]): boolean =>
  Array.isArray(value) && (lengths?.includes(value.length) ?? true) && value.every(fits);

/**
 * Checks the entries of an object by name; those that it does not have are passed over.
 *
 * @param of the object in words, such as `configuration 2d`.
 * @throws Error that says which entry is wrong, its value and what it must be.
 */
export function checkEntries(table: Table, expected: Readonly<Record<string, Expectation>>, of = 'it'): void {
  for (const [key, { what, fits }] of Object.entries(expected)) {
    const value = table[key];
    if (value !== undefined && !fits(value)) {
      throw new Error(`${of} has ${key} ${describeValue(value)}; it must be ${what}`);
    }
  }
}

/** What fingerprints and plans say of the intensities of each channel. */
export const channelStatistics: Expectation = {
  what: 'the statistics of each channel, numbers by name',
  fits: (value) =>
    isTable(value) &&
    Object.values(value).every((one) => isTable(one) && Object.values(one).every((n) => typeof n === 'number')),
};

import { PythonTuple } from '../python/containers.js';
import type { PickleValue } from './pickle-value.js';

/** Thrown by constructors whose arguments have the wrong types; the reader of the file turns it into an error with the file's name. */
export class ArgumentMismatch extends Error {}

/** A whole number from 0 on. */
export function count(value: PickleValue | undefined): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) {
    return value as number;
  }
  throw new ArgumentMismatch('a count is expected');
}

/** A string. */
export function text(value: PickleValue | undefined): string {
  if (typeof value === 'string') {
    return value;
  }
  throw new ArgumentMismatch('a string is expected');
}

/** Bytes. */
export function bytes(value: PickleValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) {
    return value;
  }
  throw new ArgumentMismatch('bytes are expected');
}

/** A list or tuple of sizes. */
export function counts(value: PickleValue | undefined): number[] {
  if (!Array.isArray(value) || value.length > 64) {
    throw new ArgumentMismatch('a short tuple of counts is expected');
  }
  return Array.from(value, count);
}

/** The items of a list, tuple or set. */
export function items(value: PickleValue | undefined): PickleValue[] {
  if (Array.isArray(value) || value instanceof Set) {
    return [...value];
  }
  throw new ArgumentMismatch('items are expected');
}

/** The items of a tuple. */
export function tuple(value: PickleValue | undefined): PickleValue[] {
  if (value instanceof PythonTuple) {
    return value;
  }
  throw new ArgumentMismatch('a tuple is expected');
}

/** A value of a class. */
export function instance<T>(value: PickleValue | undefined, type: abstract new (...args: never[]) => T): T {
  if (value instanceof type) {
    return value;
  }
  throw new ArgumentMismatch(`a ${type.name} is expected`);
}

import { PythonTuple } from '../python/containers.js';
import type { PickleValue } from './pickle-value.js';

/** Thrown by constructors whose arguments do not fit; the reader of the file tells which one. */
export class UnfitArguments extends Error {}

/** A whole number from 0 on. */
export function count(value: PickleValue | undefined): number {
  if (Number.isSafeInteger(value) && (value as number) >= 0) {
    return value as number;
  }
  throw new UnfitArguments('a count is wanted');
}

export function text(value: PickleValue | undefined): string {
  if (typeof value === 'string') {
    return value;
  }
  throw new UnfitArguments('a text is wanted');
}

export function bytes(value: PickleValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) {
    return value;
  }
  throw new UnfitArguments('bytes are wanted');
}

/** A list or tuple of sizes. */
export function counts(value: PickleValue | undefined): number[] {
  if (!Array.isArray(value) || value.length > 64) {
    throw new UnfitArguments('a short tuple of counts is wanted');
  }
  return Array.from(value, count);
}

/** The items of a list, tuple or set. */
export function items(value: PickleValue | undefined): PickleValue[] {
  if (Array.isArray(value) || value instanceof Set) {
    return [...value];
  }
  throw new UnfitArguments('items are wanted');
}

export function tuple(value: PickleValue | undefined): PickleValue[] {
  if (value instanceof PythonTuple) {
    return value;
  }
  throw new UnfitArguments('a tuple is wanted');
}

export function instance<T>(value: PickleValue | undefined, type: abstract new (...args: never[]) => T): T {
  if (value instanceof type) {
    return value;
  }
  throw new UnfitArguments(`a ${type.name} is wanted`);
}

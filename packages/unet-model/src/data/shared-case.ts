import type { PreprocessedCase } from './preprocessed-case.js';

/**
 * The case with its arrays in memory that threads share, so that workers read it where it lies. Arrays that lie there
 * already are taken as they are.
 */
export function shareCase<Case extends PreprocessedCase>(given: Case): Case {
  return {
    ...given,
    data: share(given.data, Float32Array),
    segmentation: share(given.segmentation, Int16Array),
    previousStage: given.previousStage ? share(given.previousStage, Int16Array) : undefined,
    classLocations: Object.fromEntries(
      Object.entries(given.classLocations).map(([key, rows]) => [key, share(rows, Int32Array)]),
    ),
  };
}

interface SharedArrays<T> {
  new (buffer: SharedArrayBuffer): T & { set: (values: ArrayLike<number>) => void };
  BYTES_PER_ELEMENT: number;
}

function share<T extends ArrayLike<number>>(values: ArrayLike<number>, Shared: SharedArrays<T>): T {
  if (values instanceof (Shared as unknown as new () => T) && isShared(values)) {
    return values;
  }
  const shared = new Shared(new SharedArrayBuffer(values.length * Shared.BYTES_PER_ELEMENT));
  shared.set(values);
  return shared;
}

const isShared = (values: unknown) => (values as { buffer?: unknown }).buffer instanceof SharedArrayBuffer;

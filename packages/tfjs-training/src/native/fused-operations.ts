/** FRACTURA_TRAINING_VERSION and FRACTURA_USE_VERSION in `native/fused_operations.cc` of `@fractura/tfjs-engine`. */
const wanted = { version: 2, useVersion: 1 };

/** The versions of our own operations: those that trainings take, and those of networks in use. */
export interface FusedOperations {
  version: number;
  /** Undefined where an engine was prepared before there were any. */
  useVersion?: number;
}

const slot = Symbol.for('@fractura/tfjs-training.fused-operations');
const shared = globalThis as { [slot]?: FusedOperations };

/**
 * Whether the native engine has our own operations (`native/fused_operations.cc` of `@fractura/tfjs-engine`) in the wanted
 * version; one that tfjs-node installed itself has none. The ES module and CommonJS builds of this package share the answer.
 */
export const hasFusedOperations = (): boolean => shared[slot]?.version === wanted.version;

/** Whether it has those for networks in use too. */
export const hasOperationsForUse = (): boolean => shared[slot]?.useVersion === wanted.useVersion;

/** Tells this package which versions of our own operations the engine has registered. */
export function announceFusedOperations(operations: FusedOperations): void {
  shared[slot] = operations;
}

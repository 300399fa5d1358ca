/** FRACTURA_OPERATIONS_VERSION in `native/fused_operations.cc` of `@fractura/tfjs-engine`. */
const wantedVersion = 2;

const slot = Symbol.for('@fractura/tfjs-training.fused-operations');
const shared = globalThis as { [slot]?: number };

/**
 * Whether the native engine has our own operations (`native/fused_operations.cc` of `@fractura/tfjs-engine`) in the wanted
 * version; one that tfjs-node installed itself has none. The ES module and CommonJS builds of this package share the answer.
 */
export const hasFusedOperations = (): boolean => shared[slot] === wantedVersion;

/** Tells this package which version of our own operations the engine has registered. */
export function announceFusedOperations(version: number): void {
  shared[slot] = version;
}

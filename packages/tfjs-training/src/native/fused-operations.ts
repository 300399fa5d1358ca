/** FRACTURA_OPERATIONS_VERSION in `native/fused_operations.cc`. */
const wantedVersion = 1;

const slot = Symbol.for('@fractura/tfjs-engine.fused-operations');
const shared = globalThis as { [slot]?: number };

/**
 * Whether the native engine has the operations of `native/fused_operations.cc`, these very ones: one that tfjs-node installed itself
 * has none. The ES module and CommonJS builds of this package tell each other.
 */
export const hasFusedOperations = (): boolean => shared[slot] === wantedVersion;

/** Said once, by who registered them. */
export function fusedOperationsAreThere(version: number): void {
  shared[slot] = version;
}

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { announceFusedOperations, type FusedOperations } from '@fractura/tfjs-training/native';

/** An addon beside the binding: operations of our own for TensorFlow's library, see `native/fused_operations.cc`. */
export const fusedOperationsAddon = 'fused_operations.node';

/** Registers the operations with the library that the binding has loaded, where the engine was prepared with them. */
export function loadFusedOperations(binding: string): void {
  const addon = join(dirname(binding), fusedOperationsAddon);
  if (!existsSync(addon)) {
    return;
  }
  announceFusedOperations(createRequire(import.meta.url)(addon) as FusedOperations);
}

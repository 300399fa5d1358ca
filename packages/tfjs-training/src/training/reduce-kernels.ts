import { kernels } from '../kernels/kernels-in-use.js';
import { isCounter, type NetworkState } from '../parameters/network-state.js';
import { assertPrecisionIsThere } from '../precision/choose-precision.js';
import type { Precision } from '../precision/precision.js';

/**
 * Keeps the kernels of a network's convolutions in a reduced precision: `infer` in that precision then gives the same numbers without
 * rounding all kernels anew each time. Such a network only predicts; it can be trained no more.
 *
 * @throws TfjsTrainingError `precision-unsupported` for a reduced precision on another engine than the native one.
 */
export function reduceKernels({ state }: Pick<NetworkState, 'state'>, precision: Precision): void {
  assertPrecisionIsThere(precision);
  for (const entry of state) {
    if (!isCounter(entry) && (entry.role === 'kernel' || entry.role === 'transposedKernel')) {
      const { variable } = entry;
      const reduced = kernels().cast(variable, precision);
      if (reduced !== variable) {
        variable.assign(reduced);
        reduced.dispose();
      }
    }
  }
}

import type { Tensor } from '@tensorflow/tfjs';

import { hasFusedOperations } from '../../native/fused-operations.js';
import { nativePrecisionOf } from '../../native/reduced-numbers.js';

/** Whether our own operations are registered and take this tensor: they compute in float32 and bfloat16. */
export const takesFused = (x: Tensor): boolean => hasFusedOperations() && nativePrecisionOf(x) !== 'float16';

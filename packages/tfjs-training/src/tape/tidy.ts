import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';

/** `tf.tidy` for results of any form: `survivors` names the tensors in a result that outlive the scope. */
export function tidy<T>(f: () => T, survivors: (result: T) => readonly (Tensor | null)[]): T {
  let result: T | undefined;
  tf.tidy(() => {
    result = f();
    return survivors(result).filter((tensor) => tensor !== null);
  });
  return result as T;
}

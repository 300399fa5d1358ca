import * as tf from '@tensorflow/tfjs';
import { UnetModelError } from '../errors.js';
import type { UnetArchitecture } from '../plan/architecture.js';

/**
 * The gradients of 3D convolutions that TensorFlow.js 4.22 computes on WebAssembly are wrong, without an error; its
 * forward pass is right, so 3D networks predict there.
 *
 * @throws UnetModelError `engine-unsuitable`
 */
export function refuseWrongGradients({ spatialRank }: Pick<UnetArchitecture, 'spatialRank'>): void {
  if (spatialRank !== 3 || tf.getBackend() !== 'wasm') return;
  throw new UnetModelError(
    '3D networks cannot be trained on the WASM engine: its gradients of 3D convolutions are wrong',
    {
      code: 'engine-unsuitable',
      remedy: 'Choose the native engine or, for small networks, cpu; predicting works on every engine.',
    },
  );
}

import * as tf from '@tensorflow/tfjs';
import type { TrainedModel } from '../../src/index.js';

/** The model as if its networks had a presence head that always gives this logit. */
export function withPresenceHead(model: TrainedModel, logit: number): TrainedModel {
  const networks = model.networks.map(
    (network) =>
      new Proxy(network, {
        get: (target, name) =>
          name === 'forward'
            ? (x: tf.Tensor) => ({ ...target.forward(x), presence: tf.fill([x.shape[0], 1], logit) })
            : (Reflect.get(target, name) as unknown),
      }),
  );
  return { ...model, networks };
}

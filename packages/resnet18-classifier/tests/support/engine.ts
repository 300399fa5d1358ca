import { useEngine } from '@fractura/tfjs-engine';
import * as tf from '@tensorflow/tfjs';

/**
 * The WASM engine. Its composed training kernels free the inputs that they wrap, since wrapping takes no reference of its
 * own; here it does, so that the networks can be tested on it.
 */
export async function useWasm(): Promise<void> {
  const engine = tf.engine();
  const wrap = engine.makeTensorFromTensorInfo.bind(engine);
  engine.makeTensorFromTensorInfo = (info, backend) => {
    if (tf.getBackend() === 'wasm' && info instanceof tf.Tensor) engine.backend.incRef(info.dataId);
    return wrap(info, backend);
  };
  await useEngine({ prefer: 'wasm' });
}

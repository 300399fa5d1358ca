/** TensorFlow's own name for the backend that tfjs-node registers. */
export const nativeBackend = 'tensorflow';

import * as tf from '@tensorflow/tfjs';

/** TensorFlow.js's own backend of plain JavaScript, without its advice to install another one. */
export async function useCpu(): Promise<void> {
  tf.env().set('PROD', true);
  await tf.setBackend('cpu');
}

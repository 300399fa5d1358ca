import * as tf from '@tensorflow/tfjs';

/** The CPU engine without its banner: slow, always there, and the same on every machine. */
export async function useCpu(): Promise<void> {
  tf.env().set('IS_TEST', true);
  await tf.setBackend('cpu');
  await tf.ready();
}

/** The training step of the tests on an engine of the browser; bundled for the page of `page.test.ts`. */
import * as tf from '@tensorflow/tfjs';
import { useEngine } from '@fractura/tfjs-engine';
import * as training from '@fractura/tfjs-training';
import trainingStep from '../support/training-step.cjs';

globalThis.compute = async (prefer) => {
  const { name, passedOver } = await useEngine({ prefer, wasmPath: '/wasm/' });
  return { name, passedOver, numbers: await trainingStep(tf, training) };
};

/** The training step of the tests on an engine of the browser; bundled for the page of `page.test.ts`. */
import * as tf from '@tensorflow/tfjs';
import * as engine from '@fractura/tfjs-engine';
import trainingStep from '../support/training-step.cjs';

globalThis.compute = async (prefer) => {
  const { name, passedOver } = await engine.useEngine({ prefer, wasmPath: '/wasm/' });
  return { name, passedOver, numbers: await trainingStep(tf, engine) };
};

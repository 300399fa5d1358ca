/** Seconds of a training step on WebGPU in float32, the loss read after each, its batch at hand; and the memory that is then taken. */
import { useEngine } from '@fractura/tfjs-engine';
import { nnunetRecipe, smallLesionsRecipe } from '@fractura/unet-model';
import * as tf from '@tensorflow/tfjs';
import { openTraining, planOfSize } from '../open-training.mjs';
import { record } from '../record.mjs';

const warmUp = 3;
const secondsAllowed = 20;

export const plan = {
  run: ({ tiny }) => {
    const [edge, batchSize] = tiny ? [16, 2] : [224, 12];
    const sized = planOfSize(edge, batchSize, tiny ? [4, 8, 8] : undefined);
    return time(
      `the plan's U-Net, ${edge} px, batch ${batchSize}`,
      sized,
      nnunetRecipe({ augmentation: 'none' }),
      tiny,
    );
  },
};

export const smallLesions = {
  run: ({ tiny }) => {
    const [edge, batchSize] = tiny ? [64, 2] : [448, 8];
    return time(
      `small-lesions, ${edge} px, batch ${batchSize}, frozen down to stride 4`,
      planOfSize(edge, batchSize),
      smallLesionsRecipe(),
      tiny,
    );
  },
};

async function time(name, plan, recipe, tiny) {
  await useEngine({ prefer: 'webgpu' });
  const { stepOn, makeBatch, dispose } = await openTraining(plan, recipe);
  const batch = await makeBatch(0);
  const steps = [];
  const begin = performance.now();
  const secondsSince = (from) => (performance.now() - from) / 1000;
  while (steps.length < warmUp + (tiny ? 2 : 10) && (steps.length <= warmUp || secondsSince(begin) < secondsAllowed)) {
    const from = performance.now();
    const finished = stepOn(batch);
    const issuing = secondsSince(from);
    const loss = await finished;
    steps.push({ seconds: secondsSince(from), issuing, loss });
  }
  const timed = steps.slice(warmUp);
  const [seconds, issuing] = ['seconds', 'issuing'].map((key) => median(timed.map((step) => step[key])));
  record(
    `step of ${name}`,
    `${seconds.toFixed(3)} s, median of ${timed.length} (JavaScript ${issuing.toFixed(3)} s of it; first step ${steps[0].seconds.toFixed(1)} s)`,
    { steps },
  );
  const { numBytesInGPU, numTensors } = tf.memory();
  const allocated = tf.backend().bufferManager.numBytesAllocated;
  record(
    `memory of ${name}`,
    `${mebibytes(numBytesInGPU)} MiB in use between steps, ${mebibytes(allocated)} MiB allocated, ${numTensors} tensors`,
  );
  dispose();
}

const mebibytes = (bytes) => Math.round(bytes / 2 ** 20);

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

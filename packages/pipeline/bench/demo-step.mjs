/** A training step of the demo plan on an engine, a process for `asServer`: `demo-step.mjs ENGINE`. Its greeting is JSON. */
import { createInterface } from 'node:readline';
import { useEngine } from '@fractura/tfjs-engine';
import { measureTraining } from '@fractura/unet-model';
import { batchSize, datasetJson, plans } from './demo-plan.mjs';

const { name, version } = await useEngine({ prefer: process.argv[2] });
const asked = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
let greeted = false;

await measureTraining({
  ...{
    plans,
    configuration: '2d',
    datasetJson,
    batchSize,
    precision: 'float32',
    augmentation: 'none',
    steps: Infinity,
  },
  onStep: async ({ training, loss }) => {
    console.log(greeted ? training : JSON.stringify({ engine: name, version, loss }));
    greeted = true;
    if ((await asked.next()).done) process.exit(0);
  },
});

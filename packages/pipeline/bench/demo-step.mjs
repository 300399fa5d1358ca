/** A training step of the demo plan on an engine, a process for `asServer`: `demo-step.mjs ENGINE`. Its greeting is JSON. */
import { useEngine } from '@fractura/tfjs-engine';
import { measureTraining, nnunetRecipe } from '@fractura/unet-model';
import { answer } from '../../../tools/bench/answer.mjs';
import { batchSize, datasetJson, plans } from './demo-plan.mjs';

const { name, version } = await useEngine({ prefer: process.argv[2] });
let greeted = false;

await measureTraining({
  plans,
  configuration: '2d',
  datasetJson,
  batchSize,
  precision: 'float32',
  recipe: nnunetRecipe({ augmentation: 'none' }),
  steps: Infinity,
  onStep: async ({ training, loss }) => {
    const line = greeted ? training : JSON.stringify({ engine: name, version, loss });
    greeted = true;
    await answer(line);
  },
});

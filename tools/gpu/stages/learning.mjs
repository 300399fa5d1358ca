/** A short training by small-lesions on drawn films, on WebGPU: whether the loss falls. */
import { useEngine } from '@fractura/tfjs-engine';
import { smallLesionsRecipe } from '@fractura/unet-model';
import { drawFilm } from '../films.mjs';
import { openTraining, planOfSize } from '../open-training.mjs';
import { record } from '../record.mjs';

export async function run({ tiny }) {
  const { device } = await useEngine({ prefer: 'webgpu' });
  const [edge, steps] = tiny ? [64, 8] : [224, 200];
  const cases = Array.from({ length: 16 }, (_, seed) => drawFilm(seed, edge));
  const { step } = await openTraining(planOfSize(edge, tiny ? 2 : 8), smallLesionsRecipe({ frozenStride: 0 }), {
    cases,
    steps,
  });
  const losses = [];
  const begin = performance.now();
  while (losses.length < steps) {
    losses.push(await step());
    if (losses.length % 25 === 0) {
      console.log(`step ${losses.length}: ${losses.at(-1).toFixed(4)}`);
    }
  }
  const tenth = Math.max(1, steps / 10);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [first, last] = [mean(losses.slice(0, tenth)), mean(losses.slice(-tenth))];
  record(
    `small-lesions, ${steps} steps on 16 drawn films of ${edge} px`,
    `mean loss ${first.toFixed(3)} in the first tenth, ${last.toFixed(3)} in the last, ${((performance.now() - begin) / 1000).toFixed(0)} s with the making of batches, ${device}`,
    { losses },
  );
}

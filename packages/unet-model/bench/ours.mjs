import { infer } from '@fractura/tfjs-training';
import { useEngine } from '@fractura/tfjs-engine';
import { buildUnet, measureTraining, nnunetRecipe } from '@fractura/unet-model';
import * as tf from '@tensorflow/tfjs';
import { answer } from '../../../tools/bench/answer.mjs';
import { architecture, edge, plans } from './planned-unet.mjs';

const [what, batch, precision] = process.argv.slice(2);
const batchSize = Number(batch);
const { name, version } = await useEngine({ prefer: process.env.FRACTURA_BENCH_ENGINE ?? 'native' });
const nextTurn = (seconds) => answer(seconds ?? `${name} engine, TensorFlow ${version}`);

if (what === 'step') {
  const datasetJson = { channel_names: { 0: 'X-ray' }, labels: { background: 0, fracture: 1 } };
  let first = true;
  await measureTraining({
    plans,
    configuration: '2d',
    datasetJson,
    batchSize,
    precision,
    recipe: nnunetRecipe({ augmentation: 'none' }),
    steps: Infinity,
    onStep: ({ training }) => {
      const seconds = first ? undefined : training;
      first = false;
      return nextTurn(seconds);
    },
  });
} else {
  const network = buildUnet({ architecture, inputChannels: 1, outputChannels: 2 });
  const image = tf.randomNormal([batchSize, edge, edge, 1]);
  for (let seconds; ;) {
    await nextTurn(seconds);
    const begin = performance.now();
    const [logits] = infer(() => network.forward(image).logits);
    await logits.data();
    seconds = (performance.now() - begin) / 1000;
    logits.dispose();
  }
}

/** The networks whose predictions are measured, with the initial weights of a seed; small lesions' gets norms that do something. */
import { buildBackboneUnet, buildUnet, smallLesionsEncoder } from '@fractura/unet-model';
import * as tf from '@tensorflow/tfjs';
import { architecture } from './planned-unet.mjs';

const channels = { inputChannels: 1, outputChannels: 2, seed: 3 };

export const networks = {
  plan: { title: 'U-Net of the plan', build: () => buildUnet({ architecture, ...channels }) },
  'small-lesions': {
    title: `small-lesions network (${smallLesionsEncoder})`,
    build: () =>
      buildBackboneUnet({
        backbone: smallLesionsEncoder,
        outputSize: 'half',
        decoderChannels: [96, 48, 32, 16],
        presence: 1,
        ...channels,
      }),
  },
};

/** A batch of one channel that is the same in every process, `[batch, edge, edge, 1]`. */
export const imagesOf = (batch, edge) => tf.randomNormal([batch, edge, edge, 1], 0, 1, 'float32', 11);

/** Time for the work: of the wall, or with FRACTURA_BENCH_CLOCK=processor of the processor in all threads, which a busy machine can tell. */
export const seconds = async (work) => {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return process.env.FRACTURA_BENCH_CLOCK === 'processor' ? (user + system) / 1e6 : (performance.now() - begin) / 1000;
};

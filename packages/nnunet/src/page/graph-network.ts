import type { PredictingNetwork } from '@fractura/unet-model';
import * as tf from '@tensorflow/tfjs';

/**
 * A network as {@link PredictingNetwork}, from the graph model that `exportModel` writes.
 *
 * @param url of its `model.json`.
 * @param channels of its input, and its classes.
 */
export async function loadGraphNetwork(
  url: string,
  channels: Pick<PredictingNetwork, 'inputChannels' | 'outputChannels'>,
): Promise<PredictingNetwork> {
  const graph = await tf.loadGraphModel(url);
  const names = graph.outputs.map(({ name }) => name.replace(/:0$/, ''));
  const hasPresence = names.includes('presence');
  return {
    ...channels,
    spatialRank: graph.inputs[0].shape!.length - 2,
    forward: (x) => {
      const [logits, presence] = [graph.execute(x, hasPresence ? ['logits', 'presence'] : ['logits'])].flat();
      return hasPresence ? { logits: [logits], presence } : { logits: [logits] };
    },
  };
}

import { countInputChannels, readLabels, resolveNetworkConfiguration } from '@fractura/nnunet-format';
import { buildUnet, type CheckpointRecord } from '@fractura/unet-model';

/** The names of the parameters of the network that a checkpoint is of, in the order of PyTorch's optimizer. */
export function parameterOrder({ init_args: { plans, configuration, dataset_json } }: CheckpointRecord): string[] {
  const plan = resolveNetworkConfiguration(plans, configuration);
  const network = buildUnet({
    architecture: plan.architecture,
    inputChannels: countInputChannels(plan, dataset_json),
    outputChannels: readLabels(dataset_json).segmentationHeads,
  });
  network.dispose();
  return network.parameters.map(({ name }) => name);
}

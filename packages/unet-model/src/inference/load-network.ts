import { buildUnet, type Unet } from '../network/build-unet.js';
import {
  type ChannelDeclaration,
  countInputChannels,
  type NetworkPlans,
  readLabels,
  resolveNetworkConfiguration,
} from '@fractura/nnunet-format';
import { checkpointFile, type CheckpointName } from '@fractura/tfjs-training/checkpoints';
import { readUnetCheckpoint } from '../training/checkpoint.js';

/** Which network, and what describes it. */
export interface LoadNetworkOptions {
  /** The fold's folder. */
  folder: string;
  /** Default `final`. */
  checkpoint?: CheckpointName;
  plans: NetworkPlans;
  /** Name of a configuration in the plans, such as `2d`. */
  configuration: string;
  /** nnU-Net's `dataset.json`. */
  datasetJson: ChannelDeclaration;
}

/**
 * Builds the network of a plan with the weights of a fold's checkpoint. Whoever loaded it disposes it.
 *
 * @throws TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`, `weights-missing`, `weights-shape`
 */
export async function loadNetwork({
  folder,
  checkpoint = 'final',
  plans,
  configuration,
  datasetJson,
}: LoadNetworkOptions): Promise<Unet> {
  const { weights } = await readUnetCheckpoint(checkpointFile(folder, checkpoint), { withOptimizer: false });
  const plan = resolveNetworkConfiguration(plans, configuration);
  return buildUnet({
    architecture: plan.architecture,
    inputChannels: countInputChannels(plan, datasetJson),
    outputChannels: readLabels(datasetJson).segmentationHeads,
    weights,
  });
}

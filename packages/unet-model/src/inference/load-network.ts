import { buildUnet, type Unet } from '../network/build-unet.js';
import { readConfiguration, type Plans } from '../plan/configuration.js';
import { countInputChannels } from '../plan/input-channels.js';
import { readLabels, type DatasetLabels } from '../plan/labels.js';
import { loadCheckpoint, type CheckpointName } from '../training/checkpoint.js';

/** Which network, and what describes it. */
export interface LoadNetworkOptions {
  /** The fold's folder. */
  folder: string;
  /** Default `final`. */
  checkpoint?: CheckpointName;
  plans: Plans;
  /** Name of a configuration in the plans, such as `2d`. */
  configuration: string;
  /** nnU-Net's `dataset.json`. */
  datasetJson: DatasetLabels;
}

/**
 * Builds the network of a plan with the weights of a fold's checkpoint. Whoever loaded it disposes it.
 *
 * @throws UnetModelError `checkpoint-missing`, `checkpoint-invalid`, `weights-missing`, `weights-shape`
 */
export async function loadNetwork({
  folder,
  checkpoint = 'final',
  plans,
  configuration,
  datasetJson,
}: LoadNetworkOptions): Promise<Unet> {
  const { weights } = await loadCheckpoint(folder, checkpoint);
  const plan = readConfiguration(plans, configuration);
  return buildUnet({
    architecture: plan.architecture,
    inputChannels: countInputChannels(plan, datasetJson),
    outputChannels: readLabels(datasetJson).channelLabels.length,
    weights,
  });
}

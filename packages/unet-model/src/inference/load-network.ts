import { resolveNetworkConfiguration, type ChannelDeclaration, type NetworkPlans } from '@fractura/nnunet-format';
import { checkpointFile, type CheckpointName } from '@fractura/tfjs-training/checkpoints';
import { buildNetwork } from '../network/build-network.js';
import type { SegmentationNetwork } from '../network/segmentation-network.js';
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
 * Builds the network of a fold's checkpoint, a plan's or a backbone's. Whoever loaded it disposes it.
 *
 * @throws TfjsTrainingError `checkpoint-missing`, `checkpoint-invalid`, `weights-missing`, `weights-shape`
 */
export async function loadNetwork({
  folder,
  checkpoint = 'final',
  plans,
  configuration,
  datasetJson,
}: LoadNetworkOptions): Promise<SegmentationNetwork> {
  const { weights, record } = await readUnetCheckpoint(checkpointFile(folder, checkpoint), { withOptimizer: false });
  const plan = resolveNetworkConfiguration(plans, configuration);
  return buildNetwork({ plan, datasetJson, network: record.init_args.network, weights });
}

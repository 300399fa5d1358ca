import type { PredictingNetwork } from '@fractura/unet-model';
import type { TrainedModel } from './load-model.js';

/** What of a trained model a prediction takes: its networks may be graphs in a page. */
export interface PredictingModel extends Pick<
  TrainedModel,
  'plans' | 'datasetJson' | 'configuration' | 'plan' | 'mirrorAxes' | 'threshold' | 'foreignNetworks'
> {
  /** One for each fold. */
  networks: readonly PredictingNetwork[];
}

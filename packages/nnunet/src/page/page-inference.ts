import type { DatasetJson, Plans } from '@fractura/nnunet-format';
import type { ClassifierDescription } from '@fractura/resnet18-classifier';
import type { EncodedWeight } from '@fractura/unet-model';
import type { ModelConversion } from '../prediction/conversion-of-model.js';
import type { TrainedModel } from '../model/load-model.js';

/** What a page's worker needs of a model beside its networks: plain data, the `inference` of `viewer-model.json`. */
export interface PageInference extends Pick<TrainedModel, 'configuration' | 'mirrorAxes'> {
  plans: Plans;
  /** What preprocessing and labels need of dataset.json. */
  datasetJson: DatasetJson;
  conversion: ModelConversion;
  /** Graph models, one for each fold: URLs relative to the page. */
  networks: readonly string[];
  inputChannels: number;
  outputChannels: number;
  /** Judges whole films, where the page has one. */
  classifier?: PageClassifier;
}

/** What a page's worker needs of a classifier. */
export interface PageClassifier {
  description: ClassifierDescription;
  /** What is in the file, as `tf.io.decodeWeights` takes it. */
  weights: EncodedWeight[];
  /** URL relative to the page. */
  file: string;
}

import type { StateDict } from '@fractura/tfjs-training';
import type { Classifier } from '../classifier/classifier.js';
import { buildEfficientnetLite } from '../efficientnet-lite/build-efficientnet-lite.js';
import { buildResnet } from '../resnet/build-resnet.js';
import { readBackboneName, type BackboneName } from './backbone-names.js';

export interface BuildClassifierOptions {
  name: BackboneName;
  inputChannels: number;
  classes: number;
  /** Seed of the initial weights; default 0. */
  seed?: number;
  /** Weights to build with, by the published names, in place of initial ones. */
  weights?: StateDict;
}

/**
 * A classifier by its network's name: `buildResnet` or `buildEfficientnetLite`.
 *
 * @throws BackbonesError `backbone-unknown`, `option-invalid`
 * @throws TfjsTrainingError `weights-missing`, `weights-unexpected`, `weights-shape`
 */
export function buildClassifier({ name, ...options }: BuildClassifierOptions): Classifier {
  const network = readBackboneName(name);
  return network.family === 'resnet'
    ? buildResnet({ ...options, depth: network.size })
    : buildEfficientnetLite({ ...options, version: network.size });
}

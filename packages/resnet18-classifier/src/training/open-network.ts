import { buildClassifier, loadWeights, type BackboneName, type Classifier } from '@fractura/backbones';
import { AveragedWeights, type MixedPrecision, type StateDict } from '@fractura/tfjs-training';
import { weightsToTrain } from '@fractura/tfjs-training/checkpoints';
import * as tf from '@tensorflow/tfjs';
import type { ClassifierRecipe } from '../recipe/recipe.js';
import type { TrainedNetwork } from './batch-steps.js';
import type { ClassifierCheckpoint } from './checkpoint.js';

export interface OpenNetworkOptions {
  name: BackboneName;
  inputChannels: number;
  classes: number;
  recipe: ClassifierRecipe;
  precision: MixedPrecision;
  seed: number;
  pretrained?: StateDict | undefined;
  checkpoint?: ClassifierCheckpoint | undefined;
}

/**
 * A network to train with its optimizer: as a checkpoint left them, or at the beginning, from pretrained weights if there are any.
 * Whoever opened them disposes them.
 *
 * @throws TfjsTrainingError `optimizer-state-invalid`, `weights-missing`, `weights-unexpected`, `weights-shape`
 */
export function openNetwork(options: OpenNetworkOptions): TrainedNetwork {
  const { name, inputChannels, classes, recipe, precision, seed, pretrained, checkpoint } = options;
  const weights = checkpoint && weightsToTrain(checkpoint);
  const network = buildClassifier({ name, inputChannels, classes, seed, weights });
  const optimizer = recipe.optimizer(network);
  const averaged =
    recipe.averagingDecay === undefined
      ? undefined
      : new AveragedWeights(network, { decay: recipe.averagingDecay, warmUp: true });
  try {
    if (checkpoint) {
      const { record } = checkpoint;
      optimizer.restore(checkpoint.optimizer, record.optimizerSteps, { complete: true });
      averaged?.restore(checkpoint.weights, record.averagedUpdates ?? 0);
      precision.restore(record.lossScale);
    } else if (pretrained) {
      loadWeights(network, pretrained, { keepHead: true, adaptChannels: true });
      clearHead(network);
    }
  } catch (error) {
    network.dispose();
    optimizer.dispose();
    averaged?.dispose();
    throw error;
  }
  return { network, optimizer, precision, averaged };
}

/**
 * Begins the classifying layer at zero, so that the first steps do not chase what random weights make of finished features; those that
 * EfficientNet's training draws are so large for two classes that short trainings never lose them.
 *
 * @see Kolesnikov et al., Big Transfer, arXiv:1912.11370, section 3.3
 */
function clearHead({ parameters }: Classifier): void {
  for (const { role, variable } of parameters) {
    if (role === 'denseKernel' || role === 'denseBias') {
      tf.tidy(() => {
        variable.assign(tf.zerosLike(variable));
      });
    }
  }
}

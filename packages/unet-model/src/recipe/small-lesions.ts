import type { BackboneName } from '@fractura/backbones';
import { adamw, Optimizer, scheduledLearningRate, type ParameterSettings } from '@fractura/tfjs-training';
import type { FilmAugmentation } from '../augmentation/film-augmentation.js';
import { lesionLoss, lesionLossDefaults, type LesionLossOptions } from '../loss/lesion-loss.js';
import type { SegmentationNetwork } from '../network/segmentation-network.js';
import type { Recipe } from './recipe.js';

/** What may differ from the recipe as it is. */
export interface SmallLesionsOptions extends LesionLossOptions {
  /** The backbone that encodes, or `plan` for the plan's own network, which nnU-Net can load. Default `efficientnet-lite0`. */
  encoder?: BackboneName | 'plan';
  /** Channels of the decoder's levels, the deepest first. Default 96, 48, 32, 16. */
  decoderChannels?: readonly number[];
  /** Whether a head tells of each class whether the film has any of it. Default true; the plan's network has none. */
  presence?: boolean;
  /** Share of a batch that is drawn from the films with a lesion, in (0, 1]. Default 5/8. */
  lesionShare?: number;
  augmentation?: Partial<FilmAugmentation>;
  /** Of the decoder and the heads, after the warm-up. Default 2e-3. */
  learningRate?: number;
  /** The encoder's learning rate relative to the decoder's; default 0.4. */
  encoderRate?: number;
  /** Default 0.01. */
  weightDecay?: number;
  /** Largest L2 norm of all gradients together. Default 5. */
  clipNorm?: number;
  /** Share of all steps along which the learning rate rises, below 1. Default 0.05. */
  warmUp?: number;
  /** Default 0.995. */
  averagingDecay?: number;
  /**
   * The encoder's stages down to this stride stay as they are, which saves a third of the time. Default 4, for pretrained weights:
   * without them give 0, for what was never trained is not worth keeping.
   */
  frozenStride?: number;
}

/** The encoder that the recipe has by default. */
export const smallLesionsEncoder: BackboneName = 'efficientnet-lite0';

const augmentationByDefault: FilmAugmentation = {
  mirrorAxes: [0, 1],
  rotation: 30,
  scale: [0.8, 1.25],
  shift: 0.08,
  gamma: [0.7, 1.5, 0.5],
  contrast: [0.75, 1.25, 0.5],
  noise: [0.1, 0.3],
};

/**
 * For films of which most show nothing and the others something small: whole films, of which a stated share has a lesion, under
 * weighted cross-entropy, soft Dice over the films with a lesion and a presence head; AdamW with warm-up and cosine, and averaged
 * weights. A U-Net on a pretrained backbone by default.
 */
export function smallLesionsRecipe({
  encoder = smallLesionsEncoder,
  decoderChannels = [96, 48, 32, 16],
  presence = encoder !== 'plan',
  lesionShare = 5 / 8,
  augmentation,
  learningRate = 2e-3,
  encoderRate = 0.4,
  weightDecay = 1e-2,
  clipNorm = 5,
  warmUp = 0.05,
  averagingDecay = 0.995,
  frozenStride = encoder === 'plan' ? 0 : 4,
  ...lossOptions
}: SmallLesionsOptions = {}): Recipe {
  const films: FilmAugmentation = { ...augmentationByDefault, ...augmentation };
  return {
    name: 'small-lesions',
    settings: {
      encoder,
      decoderChannels,
      presence,
      lesionShare,
      augmentation: films,
      learningRate,
      encoderRate,
      weightDecay,
      clipNorm,
      warmUp,
      averagingDecay,
      frozenStride,
      ...lesionLossDefaults,
      ...lossOptions,
    },
    network: encoder === 'plan' ? 'plan' : { backbone: encoder, decoderChannels, presence },
    trainingBatches: { kind: 'films', lesionShare, augmentation: films },
    validationBatches: { kind: 'films' },
    loss: lesionLoss(lossOptions),
    optimizer: ({ parameters, parametersDownTo }) => {
      const frozen = new Set(parametersDownTo?.(frozenStride));
      const settingsOf = (parameter: SegmentationNetwork['parameters'][number]): ParameterSettings => ({
        frozen: frozen.has(parameter),
        learningRateFactor: encoder !== 'plan' && parameter.name.startsWith('encoder.') ? encoderRate : 1,
        // Biases and norms are no kernels to keep small.
        weightDecay: parameter.torchShape.length > 1 ? weightDecay : 0,
      });
      return new Optimizer(parameters, adamw({ weightDecay }), { settingsOf, clipNorm });
    },
    learningRate: ({ epoch, epochs, iteration, iterationsPerEpoch }) => {
      const steps = epochs * iterationsPerEpoch;
      const schedule = { warmUp: Math.max(1, Math.round(warmUp * steps)) };
      return scheduledLearningRate(schedule, learningRate, epoch * iterationsPerEpoch + iteration, steps);
    },
    averagingDecay,
    foregroundBias: -4,
    frozenStride,
  };
}

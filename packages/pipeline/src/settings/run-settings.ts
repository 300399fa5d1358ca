import { backboneNames } from '@fractura/backbones';
import { recipeNames } from '@fractura/nnunet';
import { precisionChoices } from '@fractura/tfjs-training';
import { z } from 'zod';

const count = (minimum: number, maximum: number) => z.int().min(minimum).max(maximum);
const fraction = (minimum: number, maximum: number) => z.number().min(minimum).max(maximum);

/**
 * Every setting of a run: its type, its range, and one line about it. Errors, the command line's options, the template that
 * `fractura init` writes and the JSON Schema for editors are made from it.
 */
export const runSettings = z.strictObject({
  seed: count(0, 2 ** 32 - 1).describe(
    'seed of every random choice; the same seed, engine and data give the same result',
  ),
  size: count(16, 4096).describe('width and height of the images that the networks see, in pixels'),
  fit: z
    .enum(['stretch', 'letterbox'])
    .describe('how radiographs come to that size: out of their aspect, or within it, centred on black'),
  segmentationNormals: fraction(0, 100).describe(
    'normal radiographs of the segmentation for each fractured one, as far as there are so many; nnU-Net on lesions alone: 0',
  ),
  heldOutPart: z
    .enum(['random', 'official'])
    .describe(
      'which fractured radiographs are held out: a fifth, drawn at random, or the parts valid and test that were published with the atlas',
    ),
  folds: count(2, 20).describe('folds of the cross-validation of the segmentation'),
  recipe: z
    .enum(recipeNames)
    .describe(
      "how the segmentation is taught: nnunet is nnU-Net's way; small-lesions is for films of which most show nothing",
    ),
  encoder: z
    .enum([...backboneNames, 'plan'])
    .describe(
      "encoder of small-lesions, with pretrained weights where they are on this machine; plan is the plan's own network",
    ),
  hours: fraction(0, 10_000).describe(
    'hours of the whole run: a few steps are measured, and the iterations chosen that fit; 0 takes the iterations as they are set',
  ),
  planFor: z
    .enum(['gpu', 'cpu'])
    .describe("gpu trains nnU-Net's own plan; cpu trains one with at most half the features, a quarter of the work"),
  epochs: count(1, 100_000).describe('epochs of each fold; nnU-Net trains 1000'),
  iterations: count(1, 100_000).describe('training iterations of one epoch; nnU-Net does 250'),
  validationIterations: count(0, 100_000).describe(
    'validation iterations after each epoch; 0 does a fifth of the training iterations; nnU-Net does 50',
  ),
  batch: count(0, 4096).describe("images of one iteration; 0 takes the plan's number"),
  augmentation: z
    .enum(['default', 'light', 'none'])
    .describe(
      "default is nnU-Net's full augmentation, for long training; light mirrors and changes brightness and contrast",
    ),
  learningRate: fraction(0, 10).describe(
    'initial learning rate of the segmentation; 0 takes the recipe’s own; nnU-Net: 0.01',
  ),
  momentum: fraction(0, 1).describe('Nesterov momentum of the segmentation; nnU-Net: 0.99, for long training'),
  precision: z
    .enum(precisionChoices)
    .describe('number format of the training; auto is bfloat16 where the processor has instructions for it'),
  mirroring: z
    .boolean()
    .describe('average predictions over mirrored images, as nnU-Net does: a little better, four times the time'),
  classifierSize: count(0, 4096).describe(
    'width and height of the images that the classifiers see, in pixels; 0 takes those of the segmentation',
  ),
  classifierEpochs: count(1, 100_000).describe('epochs of each of the three classifiers'),
  classifierBatch: count(1, 4096).describe('images of one iteration of a classifier'),
  classifierNetwork: z.enum(backboneNames).describe('network of the classifiers'),
  classifierWeights: z
    .enum(['none', 'encoder', 'segmenter'])
    .describe(
      'what the classifiers begin with: nothing; what the encoder of small-lesions begins with, where it is their network; or the encoder of the segmenter that comes with Fractura, which has seen FracAtlas and is refused there',
    ),
  classifierParts: z
    .enum(['published', 'small-atlas'])
    .describe(
      "radiographs of each class that train, validate and test the classifiers: in the first study's ratio, 570 : 85 : 43, or 98 : 10 : 22, so that a small atlas has enough in test",
    ),
  classifierLearningRate: fraction(0, 10).describe(
    'largest learning rate of the classifiers; 0 takes the recipe’s own',
  ),
  syntheticFractured: count(20, 10_000).describe(
    'fractured images of the synthetic atlas, which is made without --data',
  ),
  syntheticNormal: count(20, 10_000).describe('normal images of the synthetic atlas, which is made without --data'),
});

/** Everything that the results of a run depend on, beside the data and the engine. */
export type RunSettings = z.infer<typeof runSettings>;

/** Name of a setting. */
export type SettingName = keyof RunSettings;

/** The names of all settings, in the order in which they are shown. */
export const settingNames = Object.keys(runSettings.shape) as SettingName[];

/** What a setting may be, such as "a whole number from 2 to 20" or "one of gpu, cpu". */
export function allowedValues(name: SettingName): string {
  const schema = runSettings.shape[name];
  if (schema instanceof z.ZodBoolean) {
    return 'true or false';
  }
  if (schema instanceof z.ZodEnum) {
    return `one of ${schema.options.join(', ')}`;
  }
  return `a ${schema.format === 'safeint' ? 'whole ' : ''}number from ${schema.minValue} to ${schema.maxValue}`;
}

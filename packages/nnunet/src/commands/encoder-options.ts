import type { BackboneName } from '@fractura/backbones';
import { listWeights } from '@fractura/backbones/pretrained';
import { UsageError } from '@fractura/command-line';
import { cacheDirectoryOf } from '@fractura/pinned-downloads';
import { smallLesionsEncoder } from '@fractura/unet-model';
import { trainerOfRecipe, type RecipeName } from '../training/trainer.js';
import type { TrainingSettings } from '../training/training-settings.js';

/** What a user says of recipe and encoder. */
export interface EncoderValues {
  recipe?: RecipeName;
  trainer?: string;
  encoder?: BackboneName | 'plan';
  encoderWeights?: string;
}

/** @throws UsageError where both are given. */
export function trainerOf({ recipe, trainer }: EncoderValues): string {
  if (recipe !== undefined && trainer !== undefined) {
    throw new UsageError('--recipe and --trainer exclude each other: a recipe has a trainer of its own.');
  }
  return trainer ?? trainerOfRecipe[recipe ?? 'nnunet'];
}

/**
 * The encoder of a training by small-lesions, with its pretrained weights where they are given or on this machine; says what is lost
 * without them.
 *
 * @throws UsageError for another recipe.
 */
export function encoderSettings(
  { encoder, encoderWeights }: EncoderValues,
  recipe: RecipeName,
  note: (line: string) => void,
): Pick<TrainingSettings, 'smallLesions' | 'encoderWeights'> {
  if (recipe !== 'small-lesions') {
    if (encoder !== undefined || encoderWeights !== undefined) {
      throw new UsageError(
        '--encoder and --encoder-weights need --recipe small-lesions: nnU-Net trains its plan’s network.',
      );
    }
    return {};
  }
  const chosen = encoder ?? smallLesionsEncoder;
  if (chosen === 'plan') {
    return { smallLesions: { encoder: chosen } };
  }
  const file = encoderWeights ?? cachedWeights(chosen);
  if (file === undefined) {
    note(
      `${chosen} begins from scratch, which costs accuracy: its pretrained weights are not on this machine. ` +
        `Fetch them once: fractura weights fetch ${chosen}.`,
    );
  }
  return { smallLesions: { encoder: chosen }, encoderWeights: file };
}

/** The file of published weights in the user's cache; undefined where they were not fetched. */
function cachedWeights(encoder: BackboneName): string | undefined {
  return listWeights({ cacheDirectory: cacheDirectoryOf(process.env) }).find(({ name }) => name === encoder)?.cached;
}

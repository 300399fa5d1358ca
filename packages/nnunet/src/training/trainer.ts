import type { AugmentationName } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';

/** The recipes that have a name. */
export const recipeNames = ['nnunet', 'small-lesions'] as const;

/** Name of a recipe. */
export type RecipeName = (typeof recipeNames)[number];

/** What one of nnU-Net's trainer classes does differently, or ours; its name is part of the model folder's. */
export interface Trainer {
  /** Such as `nnUNetTrainer_50epochs`. */
  name: string;
  epochs: number;
  /** How the network is taught. */
  recipe: RecipeName;
  augmentation: AugmentationName;
  /** Axes of a patch of two or three to mirror along; all of them where this is not given. */
  mirrorAxes?: readonly number[];
}

/** nnU-Net's default. */
const defaultEpochs = 1000;

const variants: Record<string, Omit<Trainer, 'name' | 'epochs'>> = {
  nnUNetTrainer: { recipe: 'nnunet', augmentation: 'default' },
  nnUNetTrainerNoDA: { recipe: 'nnunet', augmentation: 'none', mirrorAxes: [] },
  nnUNetTrainerNoMirroring: { recipe: 'nnunet', augmentation: 'default', mirrorAxes: [] },
  SmallLesionsTrainer: { recipe: 'small-lesions', augmentation: 'default' },
};

/**
 * The trainer of a name, with another number of epochs where one is given. Epochs become part of the name, as in nnU-Net's
 * `nnUNetTrainer_50epochs`, so that trainings of different length lie in different folders.
 *
 * @throws NnunetError `trainer-unsupported`, `epochs-contradictory`
 * @see nnU-Net: nnunetv2/training/nnUNetTrainer/variants/training_length/nnUNetTrainer_Xepochs.py
 */
export function chooseTrainer(name: string, epochs: number | undefined): Trainer {
  const { base, epochs: named } = splitTrainerName(name);
  if (!Object.hasOwn(variants, base)) {
    throw new NnunetError(`The trainer ${name} is not available here.`, {
      code: 'trainer-unsupported',
      remedy: `Choose ${Object.keys(variants).join(', ')}, each also with an ending such as _50epochs; for others use nnU-Net.`,
    });
  }
  if (named !== undefined && epochs !== undefined && named !== epochs) {
    throw new NnunetError(`${name} trains for ${named} epochs, but ${epochs} epochs were asked for.`, {
      code: 'epochs-contradictory',
      remedy: 'Give the number of epochs once: in the name of the trainer, or apart from it.',
    });
  }
  const chosen = epochs ?? named ?? defaultEpochs;
  const ending = chosen === defaultEpochs ? '' : `_${chosen}epoch${chosen === 1 ? '' : 's'}`;
  return { ...variants[base], name: base + ending, epochs: chosen };
}

/** `nnUNetTrainer_50epochs` is `nnUNetTrainer` with 50 epochs. */
function splitTrainerName(name: string): { base: string; epochs: number | undefined } {
  const match = /^(.+)_(\d+)epochs?$/.exec(name);
  return match ? { base: match[1], epochs: Number(match[2]) } : { base: name, epochs: undefined };
}

/** The trainer, without an ending, of a recipe. */
export const trainerOfRecipe: Record<RecipeName, string> = {
  nnunet: 'nnUNetTrainer',
  'small-lesions': 'SmallLesionsTrainer',
};

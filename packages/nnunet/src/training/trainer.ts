import type { AugmentationName } from '@fractura/unet-model';
import { NnunetError } from '../errors.js';

/** What one of nnU-Net's trainer classes does differently; its name is part of the model folder's. */
export interface Trainer {
  /** Such as `nnUNetTrainer_50epochs`. */
  name: string;
  epochs: number;
  augmentation: AugmentationName;
  /** Axes of a patch of two or three to mirror along; all where there are none. */
  mirrorAxes?: readonly number[];
}

/** nnU-Net's default. */
const defaultEpochs = 1000;

const variants: Record<string, Omit<Trainer, 'name' | 'epochs'>> = {
  nnUNetTrainer: { augmentation: 'default' },
  nnUNetTrainerNoDA: { augmentation: 'none', mirrorAxes: [] },
  nnUNetTrainerNoMirroring: { augmentation: 'default', mirrorAxes: [] },
};

/**
 * The trainer of a name, with another number of epochs where asked for. Epochs become part of the name, as in nnU-Net's
 * `nnUNetTrainer_50epochs`, so that trainings of different length lie in different folders.
 *
 * @throws NnunetError `trainer-unsupported`, `epochs-contradictory`
 */
export function chooseTrainer(name: string, epochs: number | undefined): Trainer {
  const [, base, named] = /^(.*?)(?:_(\d+)epochs?)?$/.exec(name) as unknown as [string, string, string | undefined];
  if (!Object.hasOwn(variants, base)) {
    throw new NnunetError(`There is no trainer ${name} here.`, {
      code: 'trainer-unsupported',
      remedy: `Choose ${Object.keys(variants).join(', ')}, each also with an ending such as _50epochs; for others use nnU-Net.`,
    });
  }
  const ofName = named === undefined ? undefined : Number(named);
  if (ofName !== undefined && epochs !== undefined && ofName !== epochs) {
    throw new NnunetError(`${name} trains ${ofName} epochs, and --epochs says ${epochs}.`, {
      code: 'epochs-contradictory',
      remedy: 'Leave one of them out.',
    });
  }
  const chosen = epochs ?? ofName ?? defaultEpochs;
  const ending = chosen === defaultEpochs ? '' : `_${chosen}epoch${chosen === 1 ? '' : 's'}`;
  return { ...variants[base], name: base + ending, epochs: chosen };
}

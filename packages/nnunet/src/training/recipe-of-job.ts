import { nnunetRecipe, smallLesionsRecipe, type Recipe } from '@fractura/unet-model';
import type { FoldJob } from './fold-job.js';

/** The recipe that a job's trainer and settings name. */
export function recipeOfJob({
  trainer,
  augmentation = trainer.augmentation,
  learningRate,
  momentum,
  emptyShare,
  smallLesions,
  encoderWeights,
}: Pick<
  FoldJob,
  'trainer' | 'augmentation' | 'learningRate' | 'momentum' | 'emptyShare' | 'smallLesions' | 'encoderWeights'
>): Recipe {
  switch (trainer.recipe) {
    case 'nnunet':
      return nnunetRecipe({ learningRate, momentum, augmentation, mirrorAxes: trainer.mirrorAxes, emptyShare });
    case 'small-lesions':
      return smallLesionsRecipe({
        learningRate,
        lesionShare: emptyShare === undefined ? undefined : 1 - emptyShare,
        // What was never trained is not kept as it is.
        frozenStride: encoderWeights === undefined ? 0 : undefined,
        ...smallLesions,
      });
  }
}

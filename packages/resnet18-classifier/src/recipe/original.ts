import { plainRecipe } from './plain.js';
import type { ClassifierRecipe } from './recipe.js';

/**
 * The training of the study that this project goes back to: 50 epochs in batches of 32 by Adam with 1e-3, a tenth of it after every ten
 * epochs, both flips, a turn by up to 10 degrees, a 3 x 3 blur, and the weights of the last epoch.
 *
 * @see torchvision.transforms: RandomHorizontalFlip, RandomVerticalFlip, RandomRotation(10), GaussianBlur(3);
 *   torch.optim.lr_scheduler.StepLR(step_size=10, gamma=0.1)
 */
export const originalRecipe = (): ClassifierRecipe => ({
  ...plainRecipe({
    optimizer: 'adam',
    learningRate: 1e-3,
    schedule: { stepSize: 10, gamma: 0.1 },
    augmentation: { horizontalFlip: 0.5, verticalFlip: 0.5, shift: 0, rotation: 10, blur: [0.1, 2] },
    epochs: 50,
    batchSize: 32,
    keep: 'last',
  }),
  name: 'original',
});

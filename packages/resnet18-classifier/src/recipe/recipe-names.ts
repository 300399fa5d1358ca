import { balancedRecipe } from './balanced.js';
import { originalRecipe } from './original.js';
import { plainRecipe } from './plain.js';
import type { ClassifierRecipe } from './recipe.js';

/** The recipes as commands name them. */
export const recipeNames = ['balanced', 'original', 'plain'] as const;
export type RecipeName = (typeof recipeNames)[number];

/** What a command may say of its recipe. */
export interface NamedRecipeOptions {
  pretrained: boolean;
  learningRate?: number | undefined;
  weightDecay?: number | undefined;
  frozenStride?: number | undefined;
}

/** A recipe by its name. The original one takes no options: it is what it was. */
export function recipeByName(
  name: RecipeName,
  { pretrained, learningRate, weightDecay, frozenStride }: NamedRecipeOptions,
): ClassifierRecipe {
  switch (name) {
    case 'original':
      return originalRecipe();
    case 'plain':
      return plainRecipe({ learningRate, weightDecay });
    case 'balanced':
      return balancedRecipe({ pretrained, learningRate, weightDecay, frozenStride });
  }
}

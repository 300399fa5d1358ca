import type { NetworkConfiguration } from '@fractura/nnunet-format';
import type { Recipe } from '../recipe/recipe.js';

/** The axes of the patch that training mirrors along, which inference may average over; null for none. */
export function inferenceMirrorAxes({ trainingBatches: method }: Recipe, plan: NetworkConfiguration): number[] | null {
  const all = plan.patch_size.map((_, axis) => axis);
  const axes = (() => {
    switch (method.kind) {
      case 'patches':
        return method.augmentation === 'none' ? [] : (method.mirrorAxes ?? all);
      case 'films':
        return method.augmentation?.mirrorAxes ?? [];
      default:
        return [];
    }
  })();
  return axes.length > 0 ? [...axes] : null;
}

import type { NetworkConfiguration } from '@fractura/nnunet-format';
import type { BatchMethod } from '../batches/batch-method.js';
import type { Recipe } from '../recipe/recipe.js';

/** The axes of the patch that training mirrors along, which inference may average over; null for none. */
export function inferenceMirrorAxes({ trainingBatches }: Recipe, plan: NetworkConfiguration): number[] | null {
  const axes = mirrorAxesOf(trainingBatches, plan);
  return axes.length > 0 ? [...axes] : null;
}

function mirrorAxesOf(method: BatchMethod, { patch_size: patchSize }: NetworkConfiguration): readonly number[] {
  switch (method.kind) {
    case 'patches':
      return method.augmentation === 'none' ? [] : (method.mirrorAxes ?? patchSize.map((_, axis) => axis));
    case 'films':
      return method.augmentation?.mirrorAxes ?? [];
    default:
      return [];
  }
}

import { join } from 'node:path';
import { loadModel, predictFolder } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';

/** Predicts the held-out images with all folds together, as nnU-Net puts folds together: by the mean of their logits. */
export async function predictHeldOut(context: RunContext): Promise<void> {
  const { paths, settings, ledger } = context;
  const { mirroring } = settings;
  await ledger.run({
    name: 'predict-held-out',
    inputs: { mirroring },
    folders: [paths.heldOut],
    run: async () => {
      const model = await loadModel({ folder: paths.model });
      try {
        const cases = await predictFolder({
          model,
          input: join(paths.rawDataset, 'imagesTs'),
          output: paths.heldOut,
          mirroring,
          progress: context.progress,
          signal: context.signal,
        });
        return { cases };
      } finally {
        model.dispose();
      }
    },
  });
}

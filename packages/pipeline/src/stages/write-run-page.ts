import { join } from 'node:path';
import { loadModel, writeModelPage } from '@fractura/nnunet';
import type { RunContext } from '../run/run-context.js';

/**
 * Writes a page on which the reader of the report can try what the run trained: the network of the first fold, and the classifier of
 * radiographs, both with kernels in float16. All folds together would take their number times the space and the time.
 */
export async function writeRunPage({ paths, settings, ledger }: RunContext): Promise<void> {
  const { mirroring } = settings;
  await ledger.run({
    name: 'write-page',
    inputs: { mirroring },
    folders: [paths.page],
    run: async () => {
      const model = await loadModel({ folder: paths.model, folds: [0] });
      try {
        const classifier = join(paths.classification, 'image');
        const options = { output: paths.page, offline: true, kernels: 'float16', mirroring, classifier } as const;
        return { file: await writeModelPage({ model, ...options }) };
      } finally {
        model.dispose();
      }
    },
  });
}

import { fileURLToPath } from 'node:url';

/**
 * The folder of the segmenter that comes with this package: `plans.json`, `dataset.json`, `cutoff.json` and one network in float16, as
 * `loadModel` of `@fractura/nnunet` and `fractura predict -m` open it. What it was trained on and how well it does stands in the
 * package's MODEL_CARD.md.
 */
export const segmenterFolder = (): string => fileURLToPath(new URL('../models/segmenter', import.meta.url));

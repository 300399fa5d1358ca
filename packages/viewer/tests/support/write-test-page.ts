import { fileURLToPath } from 'node:url';
import { writePage, type ViewerModel } from '../../src/index.js';

/** A page whose model takes bright pixels for lesions, so that what it shows is known. */
export const standInModel: ViewerModel = {
  format: 'fractura-viewer-model',
  version: 1,
  name: 'Stand-in',
  classes: [{ label: 1, name: 'bright' }],
  threshold: 0.5,
  crossValidation: { dice: 0.5, falseAlarms: 0.25, images: [20, 40] },
  worker: 'stand-in-worker.js',
  inference: {},
};

/** Writes that page. */
export const writeTestPage = (folder: string, { offline = false }: { offline?: boolean } = {}): Promise<string> =>
  writePage({
    folder,
    model: standInModel,
    copies: [fileURLToPath(new URL('./stand-in-worker.js', import.meta.url))],
    written: [],
    offline,
  });

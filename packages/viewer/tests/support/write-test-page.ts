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
  classifier: {
    name: 'stand-in',
    classes: ['whole', 'broken'],
    calibration: { temperature: 1.3, images: 60, point: { threshold: 0.4, sensitivity: 0.95, specificity: 0.8 } },
  },
  worker: 'stand-in-worker.js',
  inference: {},
};

/** Writes a page of that model, or of another one with its worker. */
export const writeTestPage = (
  folder: string,
  { offline = false, model = standInModel }: { offline?: boolean; model?: ViewerModel } = {},
): Promise<string> =>
  writePage({
    folder,
    model,
    copies: [fileURLToPath(new URL('./stand-in-worker.js', import.meta.url))],
    written: [],
    offline,
  });

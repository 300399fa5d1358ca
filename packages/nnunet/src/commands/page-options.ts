import type { ArgumentValues, CommandContext } from '@fractura/command-line';
import { startEngine } from '@fractura/tfjs-engine/options';
import type { KernelType } from '@fractura/unet-model';
import { loadModel } from '../model/load-model.js';
import { writeModelPage } from '../page/write-model-page.js';
import { readFoldNames } from './fold-option.js';

/** Which model a page shows. */
export const pageOptions = {
  model: {
    kind: 'string',
    alias: 'm',
    describe: 'model folder, such as nnUNetTrainer__nnUNetPlans__2d',
    required: true,
  },
  folds: { kind: 'strings', alias: 'f', describe: 'folds, or all (default: those that are trained)' },
  checkpoint: { kind: 'string', alias: 'chk', describe: 'checkpoint', default: 'checkpoint_final' },
  classifier: {
    kind: 'string',
    describe: 'classifier that judges whole films beside it, with Grad-CAM: a training of "fractura classify train"',
  },
  'disable-tta': {
    kind: 'boolean',
    describe: 'do not average over mirrored images: four times as fast, a little worse',
    default: false,
  },
} as const;

/** Writes the page of the model that the options name. */
export async function writePageOf(
  { model: folder, folds, checkpoint, classifier, disableTta }: ArgumentValues<typeof pageOptions>,
  { output, ...page }: { output: string; offline: boolean; kernels?: KernelType },
  context: CommandContext,
): Promise<string> {
  await startEngine({}, context);
  const model = await loadModel({ folder, checkpoint, folds: folds && readFoldNames(folds), note: context.note });
  try {
    return await writeModelPage({ model, output, classifier, mirroring: !disableTta, ...page });
  } finally {
    model.dispose();
  }
}

import { join } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { startEngine } from '@fractura/tfjs-engine/options';
import { loadModel } from '../model/load-model.js';
import { exportModel } from '../weights/export-model.js';
import { readFoldNames } from './fold-option.js';
import { headings } from './headings.js';

/** `fractura weights export`: a trained network for other runtimes. */
export const exportCommand = defineCommand({
  ...headings.exportNetwork,
  positionals: {
    model: { kind: 'string', describe: 'model folder, ours or real nnU-Net’s', required: true },
    output: { kind: 'string', describe: 'FILE.onnx, or a folder for TensorFlow.js', required: true },
  },
  options: {
    folds: { kind: 'strings', alias: 'f', describe: 'the fold (default: the only one that is trained)' },
    checkpoint: { kind: 'string', alias: 'chk', describe: 'checkpoint', default: 'checkpoint_final' },
  },
  examples: [
    ['nnUNetTrainer__nnUNetPlans__2d model.onnx -f 0', 'for onnxruntime'],
    ['nnUNetTrainer__nnUNetPlans__2d web -f 0', 'for tf.loadGraphModel in a page'],
  ],
  run: async ({ model: folder, output, folds, checkpoint }, context) => {
    const chosen = folds && readFoldNames(folds);
    const described = ['plans.json', 'dataset.json'].map((name) => join(folder, name));
    await refuseOverwrite({ inputs: [folder, ...described], outputs: [output] });
    await startEngine({}, context);
    const model = await loadModel({ folder, checkpoint, folds: chosen });
    try {
      const files = await exportModel({ model, output });
      context.print(context.json ? { files } : files[0]);
    } finally {
      model.dispose();
    }
  },
});

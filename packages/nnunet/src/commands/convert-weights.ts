import { stat } from 'node:fs/promises';
import { refuseOverwrite } from '@fractura/array-files';
import { defineCommand, loadCommand, type CommandDefinition } from '@fractura/command-line';
import { useEngine } from '@fractura/tfjs-engine';
import { weightsCommands } from '@fractura/torch-weights/commands';
import { convertCheckpoint, isCheckpoint } from '../weights/convert-checkpoint.js';
import { convertModelFolder } from '../weights/convert-model-folder.js';
import { headings } from './headings.js';

/** `fractura weights convert`: as torch-weights', and whole checkpoints and model folders, too. */
export async function loadConvertCommand(): Promise<CommandDefinition> {
  const convertWeights = await loadCommand(weightsCommands.find(({ name }) => name === headings.convertWeights.name)!);
  return defineCommand({
    ...headings.convertWeights,
    positionals: {
      input: { kind: 'string', describe: '.pth, .pt, .bin or .safetensors, or a model folder', required: true },
      output: { kind: 'string', describe: 'the file or folder to write', required: true },
    },
    options: {
      key: {
        kind: 'string',
        describe:
          'take the weights alone, from the state dict of this key (default: a whole checkpoint of nnU-Net’s or ours)',
      },
    },
    examples: [
      ...convertWeights.examples,
      [
        'nnUNetTrainer__nnUNetPlans__2d exported/nnUNetTrainer__nnUNetPlans__2d',
        'turns our checkpoints into .pth that nnUNetv2_predict loads, or nnU-Net’s into ours',
      ],
    ],
    run: async ({ input, output, key }, context) => {
      const { print, note, signal, json } = context;
      await refuseOverwrite({ inputs: [input], outputs: [output] });
      const isFolder = (await stat(input).catch(() => undefined))?.isDirectory() ?? false;
      if (isFolder) {
        // The order of the optimizer's parameters is asked of a network.
        await useEngine();
        const files = await convertModelFolder({ input, output, note, signal });
        print(json ? { output, files } : output);
      } else if (key === undefined && (await isCheckpoint(input))) {
        await useEngine();
        await convertCheckpoint({ input, output });
        note('A whole checkpoint: weights, momenta of the optimizer, settings and log.');
        print(json ? { output } : output);
      } else {
        await convertWeights.run({ input, output, key } as never, context);
      }
    },
  });
}

import { stat } from 'node:fs/promises';
import type { CommandContext, CommandDefinition } from '@fractura/command-line';
import { weightsCommands } from '@fractura/torch-weights/commands';
import { useEngine } from '@fractura/tfjs-engine';
import { exportCommand } from './export.js';
import { convertModelFolder } from '../weights/convert-model-folder.js';

/** `fractura weights`: as of torch-weights; `convert` takes a model's folder, too. */
export const weightsProgram: CommandDefinition[] = [
  ...weightsCommands.map((command) => (command.name === 'convert' ? withFolders(command) : command)),
  exportCommand,
];

function withFolders(command: CommandDefinition): CommandDefinition {
  return {
    ...command,
    summary:
      'Converts weights between .pth and .safetensors by the ending of OUT, or all checkpoints of a model’s folder.',
    examples: [
      ...command.examples,
      [
        'nnUNetTrainer__nnUNetPlans__2d exported/nnUNetTrainer__nnUNetPlans__2d',
        'turns our checkpoints into .pth that nnUNetv2_predict loads, or nnU-Net’s into ours',
      ],
    ],
    run: async (values: never, context: CommandContext) => {
      const { input, output } = values as { input: string; output: string };
      const isFolder = await stat(input).then(
        (entry) => entry.isDirectory(),
        () => false,
      );
      if (!isFolder) {
        return command.run(values, context);
      }
      // The order of the optimizer's parameters is asked of a network.
      await useEngine();
      const files = await convertModelFolder({ input, output, signal: context.signal, note: context.note });
      context.print(context.json ? { output, files } : output);
    },
  };
}

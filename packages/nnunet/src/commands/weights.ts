import { deferCommand, type DeferredCommand } from '@fractura/command-line';
import { weightsCommands } from '@fractura/torch-weights/commands';
import { headings } from './headings.js';

const convertCommand = deferCommand(headings.convertWeights, async () =>
  (await import('./convert-weights.js')).loadConvertCommand(),
);

/** `fractura weights`: as of torch-weights, with checkpoints and model folders, and published weights. */
export const weightsProgram: readonly DeferredCommand[] = [
  ...weightsCommands.map((command) => (command.name === convertCommand.name ? convertCommand : command)),
  deferCommand(headings.exportNetwork, async () => (await import('./export.js')).exportCommand),
  deferCommand(headings.compactWeights, async () => (await import('./compact-weights.js')).compactWeightsCommand),
  deferCommand(headings.fetchWeights, async () => (await import('./fetch-weights.js')).fetchWeightsCommand),
  deferCommand(headings.listWeights, async () => (await import('./list-weights.js')).listWeightsCommand),
];

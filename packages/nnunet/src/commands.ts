import type { CommandDefinition } from '@fractura/command-line';
import { accumulateCrossvalResultsCommand } from './commands/accumulate-crossval-results.js';
import { ensembleCommand } from './commands/ensemble.js';
import { evaluateCommand } from './commands/evaluate.js';
import { findBestConfigurationCommand } from './commands/find-best-configuration.js';
import { applyPostprocessingCommand, determinePostprocessingCommand } from './commands/postprocessing.js';
import { predictCommand } from './commands/predict.js';
import { trainCommand } from './commands/train.js';

export { nnunetNames } from './commands/nnunet-names.js';
export { weightsProgram } from './commands/weights.js';

/** The commands of nnU-Net's workflow after planning. */
export const nnunetCommands: readonly CommandDefinition[] = [
  trainCommand,
  predictCommand,
  ensembleCommand,
  findBestConfigurationCommand,
  accumulateCrossvalResultsCommand,
  determinePostprocessingCommand,
  applyPostprocessingCommand,
  evaluateCommand,
];
export { encoderSettings, type EncoderValues } from './commands/encoder-options.js';

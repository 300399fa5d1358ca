import { createRequire } from 'node:module';
import type { Program } from '@fractura/command-line';
import { plannerCommands } from '@fractura/nnunet-planner/commands';
import { engineCommands } from '@fractura/tfjs-engine/commands';
import { nnunetCommands } from './commands.js';
import { nnunetNames } from './commands/nnunet-names.js';
import { weightsProgram } from './commands/weights.js';

const { version, description } = createRequire(import.meta.url)('../package.json') as Record<string, string>;

/** `npx @fractura/nnunet`: nnU-Net's commands without the study. */
export const program: Program = {
  name: 'nnunet',
  version,
  summary: description,
  ...nnunetNames,
  commands: [
    ...plannerCommands,
    ...nnunetCommands,
    { name: 'weights', summary: 'Inspects and converts weight files.', commands: weightsProgram },
    { name: 'engine', summary: 'Prepares, examines and measures engines.', commands: engineCommands },
  ],
};

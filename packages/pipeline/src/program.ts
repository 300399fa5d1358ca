import { convertCommand } from '@fractura/coco-to-nifti/command';
import type { Program } from '@fractura/command-line';
import { exploreCommand } from '@fractura/fracatlas-loader/commands';
import { nnunetCommands, nnunetNames, weightsProgram } from '@fractura/nnunet/commands';
import { plannerCommands } from '@fractura/nnunet-planner/commands';
import { engineCommands } from '@fractura/tfjs-engine/commands';
import { classifyCommands } from '@fractura/resnet18-classifier/commands';
import { initCommand } from './commands/init.js';
import { runCommand } from './commands/run.js';
import { version } from './version.js';

/** The `fractura` program: the pipeline's own commands, and those that the pieces bring. */
export const program: Program = {
  name: 'fractura',
  version,
  summary:
    'Radiographs with COCO annotations to a trained, evaluated, explained segmenter and classifier. For research, not a medical device.',
  ...nnunetNames,
  commands: [
    runCommand,
    initCommand,
    exploreCommand,
    convertCommand,
    ...plannerCommands,
    ...nnunetCommands,
    { name: 'classify', summary: 'Trains, uses, evaluates and explains a classifier.', commands: classifyCommands },
    { name: 'weights', summary: 'Looks into weight files and converts them.', commands: weightsProgram },
    { name: 'engine', summary: 'Prepares, examines and measures engines.', commands: engineCommands },
  ],
};

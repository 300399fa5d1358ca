import { convertCommand } from '@fractura/coco-to-nifti/command';
import { deferCommand, type Program } from '@fractura/command-line';
import { exploreCommand } from '@fractura/fracatlas-loader/commands';
import { nnunetCommands, nnunetNames, weightsProgram } from '@fractura/nnunet/commands';
import { plannerCommands } from '@fractura/nnunet-planner/commands';
import { engineCommands } from '@fractura/tfjs-engine/commands';
import { classifyCommands } from '@fractura/resnet18-classifier/commands';
import { submitGroup } from '@fractura/submit/commands';
import { headings } from './commands/headings.js';
import { withOwnModel } from './commands/with-own-model.js';
import { version } from './version.js';

/** Of nnU-Net's workflow those that a user of images wants without a training. */
const takesOwnModel = new Set(['predict', 'serve', 'page']);

/** The `fractura` program: the pipeline's own commands, and those that the pieces bring. */
export const program: Program = {
  name: 'fractura',
  version,
  summary:
    'Radiographs with COCO annotations to a trained, evaluated, explained segmenter and classifier. For research, not a medical device.',
  ...nnunetNames,
  commands: [
    deferCommand(headings.run, async () => (await import('./commands/run.js')).runCommand),
    {
      name: headings.search.name,
      summary: headings.search.summary,
      commands: [deferCommand(headings.trial, async () => (await import('./commands/search-trial.js')).trialCommand)],
      defaultCommand: deferCommand(headings.search, async () =>
        (await import('./commands/search.js')).searchCommand(() => program),
      ),
    },
    deferCommand(headings.films, async () => (await import('./commands/films.js')).filmsCommand),
    deferCommand(headings.init, async () => (await import('./commands/init.js')).initCommand),
    exploreCommand,
    convertCommand,
    ...plannerCommands,
    ...nnunetCommands.map((command) => (takesOwnModel.has(command.name) ? withOwnModel(command) : command)),
    submitGroup(async () => (await import('./commands/submitted-program.js')).submittedProgram(() => program)),
    { name: 'classify', summary: 'Trains, uses, evaluates and explains a classifier.', commands: classifyCommands },
    { name: 'weights', summary: 'Inspects and converts weight files.', commands: weightsProgram },
    { name: 'engine', summary: 'Prepares, examines and measures engines.', commands: engineCommands },
  ],
};

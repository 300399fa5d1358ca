import { deferCommand, type CommandGroup } from '@fractura/command-line';
import { headings } from './commands/headings.js';
import type { SubmittedProgram } from './jobs/submitted-program.js';

export type { SubmittedProgram } from './jobs/submitted-program.js';

/** `submit -- COMMAND...` and what is done with submissions, for a program whose commands are submitted; each is loaded once it is called. */
export const submitGroup = (loadProgram: () => Promise<SubmittedProgram>): Required<CommandGroup> => ({
  name: 'submit',
  summary: 'Runs commands as jobs: processes here, Slurm or Kubernetes.',
  commands: [
    deferCommand(headings.status, async () => (await import('./commands/status.js')).statusCommand),
    deferCommand(headings.logs, async () => (await import('./commands/logs.js')).logsCommand),
    deferCommand(headings.collect, async () => (await import('./commands/collect.js')).collectCommand),
    deferCommand(headings.cancel, async () => (await import('./commands/cancel.js')).cancelCommand),
    deferCommand(headings.resubmit, async () => (await import('./commands/resubmit.js')).resubmitCommand),
  ],
  defaultCommand: deferCommand(headings.submit, async () =>
    (await import('./commands/submit.js')).submitCommand(await loadProgram()),
  ),
});

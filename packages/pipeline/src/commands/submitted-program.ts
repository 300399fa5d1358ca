import { fileURLToPath } from 'node:url';
import { readCommandLine, type Program } from '@fractura/command-line';
import { builtProgram } from '@fractura/concurrency';
import { jobsOfCommand } from '@fractura/nnunet';
import { nnunetVariables } from '@fractura/nnunet-format';
import type { SubmittedProgram } from '@fractura/submit/commands';

/** `fractura` as the program of jobs: its own commands, checked before they are submitted, folds and parts dealt to jobs. */
export const submittedProgram = (program: () => Program): SubmittedProgram => ({
  words: [process.execPath, fileURLToPath(builtProgram(import.meta.url, 'bin'))],
  wordsInContainer: ['fractura'],
  fanOut: (words) => jobsOfCommand(words, process.env),
  check: async (words) => {
    await readCommandLine(program(), words);
  },
  environment: nnunetVariables,
});

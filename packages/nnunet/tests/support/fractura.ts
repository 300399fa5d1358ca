import { runCommandLine } from '@fractura/command-line';
import { captureProgram, type CapturedRun } from '@fractura/testing';
import { program } from '../../src/program.js';

/** Runs `nnunet` and gives its exit status and what it wrote. */
export const fractura = (...args: string[]): Promise<CapturedRun> =>
  captureProgram((streams) => runCommandLine(program, args, streams));

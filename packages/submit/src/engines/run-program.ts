import { execFile } from 'node:child_process';
import { SubmitError } from '../errors.js';

/** What a scheduler's program answered. */
export interface ProgramAnswer {
  status: number;
  output: string;
  errors: string;
}

/**
 * Runs a scheduler's program to its end.
 *
 * @param input what it reads from standard input.
 * @throws SubmitError `scheduler-missing` where it is not installed.
 */
export function runProgram(command: string, words: readonly string[], input = ''): Promise<ProgramAnswer> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, words, { maxBuffer: 2 ** 26, env: process.env }, (error, output, errors) => {
      if (error === null) {
        resolve({ status: 0, output, errors });
      } else if (typeof error.code === 'number') {
        resolve({ status: error.code, output, errors });
      } else {
        reject(
          new SubmitError(
            `${command} cannot be run: ${error.code === 'ENOENT' ? 'it is not installed' : error.message}.`,
            {
              code: 'scheduler-missing',
              remedy: `Run this where the scheduler's programs are, or choose --engine local.`,
              cause: error,
            },
          ),
        );
      }
    });
    // A program that reads nothing may have ended before.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Runs a scheduler's program that has to succeed. @throws SubmitError `scheduler-missing`, `scheduler-refused` with its words */
export async function requireProgram(command: string, words: readonly string[], input = ''): Promise<string> {
  const { status, output, errors } = await runProgram(command, words, input);
  if (status !== 0) {
    const reason = (errors.trim() || output.trim() || `status ${status}`).split('\n').join('; ');
    throw new SubmitError(`${command} ${words[0] ?? ''} was refused: ${reason}.`, {
      code: 'scheduler-refused',
      remedy: 'Change what was asked for; jobs that were not taken are given again by "submit resubmit".',
    });
  }
  return output;
}

import { fileURLToPath } from 'node:url';
import { builtProgram } from '@fractura/concurrency';

/** The words that start the program that runs one job, on a machine that has this installation. */
export const jobRunner = (node: string = process.execPath): string[] => [
  node,
  fileURLToPath(builtProgram(import.meta.url, 'run-job')),
];

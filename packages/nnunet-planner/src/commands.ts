import { extractFingerprintCommand } from './commands/extract-fingerprint.js';
import { planAndPreprocessCommand } from './commands/plan-and-preprocess.js';
import { planCommand } from './commands/plan.js';
import { preprocessCommand } from './commands/preprocess.js';
import { verifyCommand } from './commands/verify.js';

/** The commands of this package, for a program to mount. */
export const plannerCommands = [
  verifyCommand,
  extractFingerprintCommand,
  planCommand,
  preprocessCommand,
  planAndPreprocessCommand,
];

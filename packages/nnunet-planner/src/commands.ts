import { deferCommand, type DeferredCommand } from '@fractura/command-line';
import { headings } from './commands/headings.js';

/** The commands of this package, for a program to mount; each is loaded once it is called. */
export const plannerCommands: readonly DeferredCommand[] = [
  deferCommand(headings.verify, async () => (await import('./commands/verify.js')).verifyCommand),
  deferCommand(
    headings.extractFingerprint,
    async () => (await import('./commands/extract-fingerprint.js')).extractFingerprintCommand,
  ),
  deferCommand(headings.plan, async () => (await import('./commands/plan.js')).planCommand),
  deferCommand(headings.preprocess, async () => (await import('./commands/preprocess.js')).preprocessCommand),
  deferCommand(
    headings.planAndPreprocess,
    async () => (await import('./commands/plan-and-preprocess.js')).planAndPreprocessCommand,
  ),
  deferCommand(headings.movePlans, async () => (await import('./commands/move-plans.js')).movePlansCommand),
];

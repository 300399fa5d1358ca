import { deferCommand, type DeferredCommand } from '@fractura/command-line';
import { headings } from './commands/headings.js';

/** `train`, `predict`, `evaluate`, `explain`, `evaluate-explanations`, `compare` and `fuse`, to be mounted under `classify`; each is loaded once it is called. */
export const classifyCommands: readonly DeferredCommand[] = [
  deferCommand(headings.train, async () => (await import('./commands/train.js')).trainCommand),
  deferCommand(headings.predict, async () => (await import('./commands/predict.js')).predictCommand),
  deferCommand(headings.evaluate, async () => (await import('./commands/evaluate.js')).evaluateCommand),
  deferCommand(headings.explain, async () => (await import('./commands/explain.js')).explainCommand),
  deferCommand(
    headings.evaluateExplanations,
    async () => (await import('./commands/evaluate-explanations.js')).evaluateExplanationsCommand,
  ),
  deferCommand(headings.compare, async () => (await import('./commands/compare.js')).compareCommand),
  deferCommand(headings.fuse, async () => (await import('./commands/fuse.js')).fuseCommand),
];

import { deferCommand, type DeferredCommand } from '@fractura/command-line';
import { headings } from './commands/headings.js';

/** `inspect` and `convert`, to be mounted under `weights`; each is loaded once it is called. */
export const weightsCommands: readonly DeferredCommand[] = [
  deferCommand(headings.inspect, async () => (await import('./commands/inspect.js')).inspectCommand),
  deferCommand(headings.convert, async () => (await import('./commands/convert.js')).convertCommand),
];

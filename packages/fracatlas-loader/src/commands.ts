import { deferCommand } from '@fractura/command-line';
import { headings } from './commands/headings.js';

/** `fractura explore`, for a program to mount; it is loaded once it is called. */
export const exploreCommand = deferCommand(
  headings.explore,
  async () => (await import('./commands/explore.js')).exploreCommand,
);

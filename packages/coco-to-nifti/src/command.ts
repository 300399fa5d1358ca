import { deferCommand } from '@fractura/command-line';
import { heading } from './commands/heading.js';

/** `fractura convert`, for a program to mount; it is loaded once it is called. */
export const convertCommand = deferCommand(heading, async () => (await import('./commands/convert.js')).convertCommand);

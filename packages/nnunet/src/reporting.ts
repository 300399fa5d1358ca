import type { CommandContext } from '@fractura/command-line';

/** How long work tells what it does. */
export type Reporting = Pick<CommandContext, 'note' | 'progress' | 'signal'>;

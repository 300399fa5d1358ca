import type { ProgressTask } from './command-definition.js';

/** A task whose progress is not shown. */
export const silentTask: ProgressTask = { update: () => undefined, finish: () => undefined };

import { convertCommand } from './commands/convert.js';
import { inspectCommand } from './commands/inspect.js';

/** `inspect` and `convert`, to be mounted under `weights`. */
export const weightsCommands = [inspectCommand, convertCommand];

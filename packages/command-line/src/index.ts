export {
  defineCommand,
  type ArgumentDefinition,
  type ArgumentTable,
  type ArgumentValues,
  type CommandContext,
  type CommandDefinition,
  type ProgressTask,
  type ValueKind,
} from './command-definition.js';
export { describeError } from './describe-error.js';
export { normalizeArguments } from './normalize-arguments.js';
export { formatDuration, showProgress } from './progress.js';
export { runCommandLine, type CommandGroup, type Program, type ProgramStreams } from './run-command-line.js';
export { UsageError } from './usage-error.js';

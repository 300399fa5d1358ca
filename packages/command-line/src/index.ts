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
export { deferCommand, loadCommand, type CommandHeading, type DeferredCommand } from './deferred-command.js';
export { describeError } from './describe-error.js';
export { formatDuration } from './format-duration.js';
export { endingSignals } from './interrupt-signal.js';
export { nearestName } from './nearest-name.js';
export { loadProgram, type LoadedProgram } from './loaded-program.js';
export { normalizeArguments } from './normalize-arguments.js';
export { parseSize, type PixelSize } from './parse-size.js';
export type { CommandGroup, CommandSynonym, Program, ProgramStreams } from './program.js';
export { readCommandLine, runCommandLine, type ReadCommandLine } from './run-command-line.js';
export { showProgress } from './show-progress.js';
export { silentTask } from './silent-task.js';
export { UsageError } from './usage-error.js';

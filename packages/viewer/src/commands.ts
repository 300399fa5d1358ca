export { serveUntilInterrupted } from './commands/serve-until-interrupted.js';
export { serveFolderCommand } from './commands/serve-folder.js';
export { portOption } from './commands/port-option.js';

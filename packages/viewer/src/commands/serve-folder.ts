import { defineCommand } from '@fractura/command-line';
import { portOption } from './port-option.js';
import { serveUntilInterrupted } from './serve-until-interrupted.js';

/** `npx @fractura/viewer serve`: a page that was written before. */
export const serveFolderCommand = defineCommand({
  name: 'serve',
  summary: 'Serves a page that "fractura page" wrote, to this computer alone, and prints its link.',
  positionals: {
    folder: { kind: 'string', describe: 'the page’s folder', required: true },
  },
  options: portOption,
  examples: [['page', 'prints a link to open in a browser, and goes on until Ctrl+C']],
  run: (options, context) => serveUntilInterrupted(options, context),
});

import { defineCommand } from '@fractura/command-line';

import { uninstallEngine } from '../install/uninstall-engine.js';
import { headings } from './headings.js';

/** `fractura engine uninstall`: takes it away again. */
export const uninstallCommand = defineCommand({
  ...headings.uninstall,
  positionals: {},
  options: {},
  examples: [['', 'frees 860 MB']],
  run: async (_, { print }) => {
    const bytes = await uninstallEngine();
    print(bytes === 0 ? 'There was no native engine.' : `Freed ${(bytes / 1e6).toFixed(0)} MB.`);
  },
});

import { deferCommand, type DeferredCommand } from '@fractura/command-line';

import { headings } from './commands/headings.js';

/** `doctor`, `install`, `uninstall` and `bench`, for a program to mount as a group; each is loaded once it is called. */
export const engineCommands: readonly DeferredCommand[] = [
  deferCommand(headings.doctor, async () => (await import('./commands/doctor.js')).doctorCommand),
  deferCommand(headings.install, async () => (await import('./commands/install.js')).installCommand),
  deferCommand(headings.uninstall, async () => (await import('./commands/uninstall.js')).uninstallCommand),
  deferCommand(headings.bench, async () => (await import('./commands/bench.js')).benchCommand),
];

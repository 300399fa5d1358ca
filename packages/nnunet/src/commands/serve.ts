import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCommand } from '@fractura/command-line';
import { portOption, serveUntilInterrupted } from '@fractura/viewer/commands';
import { headings } from './headings.js';
import { pageOptions, writePageOf } from './page-options.js';

/** `fractura serve`: a model's page, for this computer alone. */
export const serveCommand = defineCommand({
  ...headings.serve,
  positionals: {},
  options: { ...pageOptions, ...portOption },
  examples: [
    ['-m nnUNetTrainer__nnUNetPlans__2d', 'prints a link to open in a browser, and goes on until Ctrl+C'],
    ['-m nnUNetTrainer__nnUNetPlans__2d --classifier classifier', 'has a classifier with Grad-CAM, too'],
    ['-m nnUNetTrainer__nnUNetPlans__2d -f 0 --disable-tta', 'answers fastest: one fold, without mirrored images'],
  ],
  run: async ({ port, ...values }, context) => {
    const folder = await mkdtemp(join(tmpdir(), 'fractura-page-'));
    try {
      await writePageOf(values, { output: folder, offline: false }, context);
      await serveUntilInterrupted(port === undefined ? { folder } : { folder, port }, context);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

import { join } from 'node:path';
import { run, workspaceRoot } from './workspace.mjs';

/** Runs the workspace's own `fractura` command and gives its exit status. */
export async function fractura(...args) {
  const { status } = await run(process.execPath, [join(workspaceRoot, 'packages/pipeline/dist/bin.js'), ...args]);
  return status;
}

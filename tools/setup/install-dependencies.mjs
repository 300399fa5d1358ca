import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, workspaceRoot } from './workspace.mjs';

const lockfile = join(workspaceRoot, 'package-lock.json');
// Written after a complete install only, so that an interrupted one is done again.
const stamp = join(workspaceRoot, 'node_modules', '.fractura-installed');

/** Installs what package-lock.json says, unless exactly that is there already. */
export async function installDependencies() {
  const wanted = createHash('sha256').update(readFileSync(lockfile)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  console.error('Installing the dependencies (about 600 MB in node_modules; one minute on a fast network) ...');
  await mustRun('npm ci', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { quiet: true });
  writeFileSync(stamp, wanted);
}

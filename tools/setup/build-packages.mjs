import { mustRun } from './workspace.mjs';

/** Builds every package that changed since it was last built. */
export async function buildPackages() {
  console.error('Building the packages (a minute at first, seconds when nothing changed) ...');
  await mustRun('the build', 'npx', ['nx', 'run-many', '-t', 'build', '--output-style=static'], {
    quiet: true,
    env: { NX_DAEMON: 'false' },
  });
}

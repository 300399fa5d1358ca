import { mustRun, roomForYoungObjects } from './workspace.mjs';

/** Builds every package that changed since it was last built; `onlyToRun` leaves out types and CommonJS. */
export async function buildPackages({ onlyToRun = false } = {}) {
  console.error('Building the packages (a minute or two at first, seconds when nothing changed) ...');
  await mustRun('the build', 'npx', ['nx', 'run-many', '-t', 'build', '--output-style=static'], {
    quiet: true,
    env: { NX_DAEMON: 'false', NODE_OPTIONS: roomForYoungObjects, FRACTURA_BUILD: onlyToRun ? 'run' : 'whole' },
  });
}

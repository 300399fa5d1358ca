import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from './workspace.mjs';

/**
 * Packs every published package, as built, into a folder.
 *
 * @returns for each its folder's name, its manifest, and the file name of its tarball.
 */
export function packPackages(folder) {
  const packages = readdirSync(join(workspaceRoot, 'packages'))
    .map((name) => ({
      name,
      manifest: JSON.parse(readFileSync(join(workspaceRoot, 'packages', name, 'package.json'), 'utf8')),
    }))
    .filter(({ manifest }) => !manifest.private);
  const folders = packages.map(({ name }) => `./packages/${name}`);
  const printed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder, ...folders], {
    cwd: workspaceRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const files = new Map(JSON.parse(printed).map(({ name, filename }) => [name, filename]));
  return packages.map(({ name, manifest }) => ({ name, manifest, tarball: files.get(manifest.name) }));
}

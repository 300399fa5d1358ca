import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runTool } from '@fractura/pinned-downloads';
import { TfjsEngineError } from '../errors.js';
import type { PinnedPackage } from './native-build.js';

const remedy = 'Check the network and npm, or use the engine "wasm", which needs nothing.';

/**
 * Places the files of a pinned npm package in `folder`; none of its scripts ever runs.
 *
 * @param given its tarball, for machines without a network; npm fetches it otherwise.
 * @throws TfjsEngineError `npm-missing`, `npm-failed`, `package-missing`, `package-hash`, `tar-missing`, `tar-failed`
 */
export async function placePackage(
  { name, version, integrity }: PinnedPackage,
  folder: string,
  { given, signal }: { given?: string | undefined; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const packed = await mkdtemp(join(folder, 'packed-'));
  const archive = given === undefined ? await fetchArchive(`${name}@${version}`, packed, signal) : resolve(given);
  if (!existsSync(archive)) {
    throw new TfjsEngineError(`There is no package ${archive}.`, {
      code: 'package-missing',
      remedy: 'Check the path.',
    });
  }
  const found = `sha512-${createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')}`;
  if (found !== integrity) {
    throw new TfjsEngineError(`${archive} has the hash ${found}; that of ${name} ${version} is ${integrity}.`, {
      code: 'package-hash',
      remedy: 'The file is damaged or of another version: fetch it again.',
    });
  }
  await runTool(
    {
      command: 'tar',
      signal,
      args: ['-xzf', archive, '-C', folder, '--strip-components=1'],
      missing: { code: 'tar-missing', message: 'tar is not on the PATH.', remedy: 'Install tar.' },
      failed: { code: 'tar-failed', message: `${archive} cannot be unpacked.`, remedy: 'Is the disk full?' },
    },
    TfjsEngineError,
  );
  await rm(packed, { recursive: true });
}

async function fetchArchive(spec: string, folder: string, signal?: AbortSignal): Promise<string> {
  await runTool(
    {
      command: 'npm',
      cwd: folder,
      signal,
      args: ['pack', spec, '--ignore-scripts', '--loglevel=error', '--no-update-notifier'],
      missing: { code: 'npm-missing', message: 'npm is not on the PATH.', remedy },
      failed: { code: 'npm-failed', message: `npm could not fetch ${spec}.`, remedy },
    },
    TfjsEngineError,
  );
  const archive = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (archive !== undefined) {
    return join(folder, archive);
  }
  throw new TfjsEngineError(`Npm said it fetched ${spec}, but there is no file.`, { code: 'npm-failed', remedy });
}

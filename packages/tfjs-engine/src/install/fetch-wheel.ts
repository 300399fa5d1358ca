import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TfjsEngineError } from '../errors.js';
import { wheelPython, type Wheel } from './native-build.js';
import { runTool } from './run-tool.js';

const wasmRemedy = 'Or use the engine "wasm", which needs nothing.';

/**
 * The wheel on the disk: the file given, or one that pip fetches from the user's own package index, and only if its hash is
 * the pinned one.
 *
 * @throws TfjsEngineError `pip-missing`, `download-failed`, `wheel-missing`, `wheel-hash`
 */
export async function fetchWheel(
  wheel: Wheel,
  { given, folder, signal }: { given?: string | undefined; folder: string; signal?: AbortSignal | undefined },
): Promise<string> {
  if (given !== undefined) {
    if (!existsSync(given)) {
      throw new TfjsEngineError(`There is no wheel ${given}.`, { code: 'wheel-missing', remedy: 'Check the path.' });
    }
    await checkHash(given, wheel);
    return given;
  }
  await mkdir(folder, { recursive: true });
  const downloaded = async () => (await readdir(folder)).find((name) => name.endsWith('.whl'));
  const before = await downloaded();
  if (before !== undefined && (await sha256Of(join(folder, before))) === wheel.sha256) return join(folder, before);
  if (before !== undefined) await rm(join(folder, before));
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${wheel.project}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const missing = {
    code: 'pip-missing',
    message: 'Python with pip is needed to fetch TensorFlow, and "python3" is not on the PATH.',
    remedy: `Install python3 and pip, or give a wheel with --wheel FILE. ${wasmRemedy}`,
  };
  const failed = {
    code: 'download-failed',
    message: `pip could not fetch ${wheel.project} ${wheel.version}.`,
    remedy: `Check the network and pip's configuration, or fetch the wheel elsewhere and give it with --wheel FILE. ${wasmRemedy}`,
  };
  const options = [
    '--no-deps',
    '--only-binary=:all:',
    '--require-hashes',
    '--disable-pip-version-check',
    '--progress-bar=off',
  ];
  const target = ['--platform', wheel.platform, '--python-version', wheelPython, '--implementation', 'cp'];
  await runTool({
    ...{ command: 'python3', signal, missing, failed },
    args: ['-m', 'pip', 'download', ...options, ...target, '--dest', folder, '--requirement', requirements],
  });
  const file = await downloaded();
  if (file === undefined) throw new TfjsEngineError(failed.message, failed);
  await checkHash(join(folder, file), wheel);
  return join(folder, file);
}

async function checkHash(file: string, { sha256, project, version }: Wheel): Promise<void> {
  const found = await sha256Of(file);
  if (found === sha256) return;
  throw new TfjsEngineError(`${file} has the SHA-256 ${found}; that of ${project} ${version} is ${sha256}.`, {
    code: 'wheel-hash',
    remedy: 'The file is damaged or of another version: fetch it again.',
  });
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

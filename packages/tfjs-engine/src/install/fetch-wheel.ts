import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TfjsEngineError } from '../errors.js';
import { wheelPython, type Wheel } from './native-build.js';
import { runTool } from './run-tool.js';
import { sha256Of } from './sha256-of.js';

const wasmRemedy = 'Or use the engine "wasm", which needs nothing.';
const pollMs = 1000;

/** Where a wheel comes from and goes to. */
export interface FetchOptions {
  /** A wheel on this disk, taken instead of a download. */
  given?: string | undefined;
  /** Where this wheel's download is kept until the engine is ready. */
  folder: string;
  signal?: AbortSignal | undefined;
  onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * The wheel on the disk: the file given, one left whole by an earlier call, or one that pip fetches from the user's own
 * package index; only if its hash is the pinned one.
 *
 * @throws TfjsEngineError `python-missing`, `pip-missing`, `download-failed`, `wheel-missing`, `wheel-hash`
 */
export async function fetchWheel(wheel: Wheel, { given, folder, signal, onBytes }: FetchOptions): Promise<string> {
  if (given !== undefined) {
    if (!existsSync(given)) {
      throw new TfjsEngineError(`There is no wheel ${given}.`, { code: 'wheel-missing', remedy: 'Check the path.' });
    }
    await checkHash(given, wheel);
    return given;
  }
  const before = existsSync(folder) ? await wheelIn(folder) : undefined;
  if (before !== undefined && (await sha256Of(before)) === wheel.sha256) {
    return before;
  }
  // A killed pip leaves files that another cannot go on from.
  await rm(folder, { recursive: true, force: true });
  const temporary = join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  const poll = setInterval(() => void sizeBelow(folder).then(onBytes, () => undefined), pollMs);
  try {
    await runPip(wheel, folder, temporary, signal);
  } finally {
    clearInterval(poll);
  }
  const file = await wheelIn(folder);
  if (file === undefined) {
    throw new TfjsEngineError(downloadFailed(wheel).message, downloadFailed(wheel));
  }
  await checkHash(file, wheel);
  return file;
}

async function wheelIn(folder: string): Promise<string | undefined> {
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  return name === undefined ? undefined : join(folder, name);
}

/** Runs `pip download`, its temporary files beside the wheel: `/tmp` may be small, and their size tells the progress. */
async function runPip(wheel: Wheel, folder: string, temporary: string, signal?: AbortSignal): Promise<void> {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${wheel.project}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const quiet = ['--disable-pip-version-check', '--no-input', '--no-cache-dir', '--progress-bar=off'];
  const target = ['--platform', wheel.platform, '--python-version', wheelPython, '--implementation', 'cp'];
  const remedy = `Install python3 and pip, or give a wheel with --wheel FILE. ${wasmRemedy}`;
  try {
    await runTool({
      command: 'python3',
      signal,
      env: { TMPDIR: temporary },
      failed: downloadFailed(wheel),
      args: [
        ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--require-hashes', ...quiet, ...target],
        ...['--dest', folder, '--requirement', requirements],
      ],
      missing: { code: 'python-missing', message: 'Fetching TensorFlow takes Python; there is no "python3".', remedy },
    });
  } catch (error) {
    if (error instanceof TfjsEngineError && /No module named pip\b/.test(error.message)) {
      throw new TfjsEngineError('Fetching TensorFlow takes pip; python3 has no module pip.', {
        code: 'pip-missing',
        remedy,
        cause: error,
      });
    }
    if (error instanceof TfjsEngineError && error.message.includes('THESE PACKAGES DO NOT MATCH THE HASHES')) {
      throw new TfjsEngineError(`${error.message}\nThe package index gave another file than the pinned one.`, {
        code: 'wheel-hash',
        cause: error,
        remedy: `Try again, or ask who runs the package index. ${wasmRemedy}`,
      });
    }
    throw error;
  }
}

const downloadFailed = ({ project, version }: Wheel) => ({
  code: 'download-failed',
  message: `The tool pip could not fetch ${project} ${version}.`,
  remedy: `Check the network and pip's configuration, or fetch the wheel elsewhere and give it with --wheel FILE. ${wasmRemedy}`,
});

async function checkHash(file: string, { sha256, project, version }: Wheel): Promise<void> {
  const found = await sha256Of(file);
  if (found === sha256) {
    return;
  }
  throw new TfjsEngineError(`${file} has the SHA-256 ${found}; that of ${project} ${version} is ${sha256}.`, {
    code: 'wheel-hash',
    remedy: 'The file is damaged or of another version: fetch it again.',
  });
}

async function sizeBelow(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => stat(join(folder, name)).then(({ size }) => size)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

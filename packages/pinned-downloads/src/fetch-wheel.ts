import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PinnedDownloadsError } from './errors.js';
import { runTool } from './run-tool.js';
import { sha256Of } from './sha256-of.js';

const pollMs = 1000;

/** A wheel of Python's package index of which exactly one file is accepted. */
export interface PinnedWheel {
  /** As pip names it. */
  project: string;
  version: string;
  /** SHA-256 in hexadecimal digits. */
  sha256: string;
  /** pip's platform tag and the Python version that pip is told; without it the wheel fits every platform. */
  target?: { platform: string; python: string };
}

/** Where a wheel comes from and goes to. */
export interface FetchWheelOptions {
  /** What is fetched, as the messages name it. */
  what: string;
  /** The option of a command that takes a file instead, such as `--wheel`. */
  option: string;
  /** What the user can do without the file, a sentence. */
  otherwise?: string;
  /** A wheel on this disk, taken instead of a download. */
  given?: string | undefined;
  /** Where this wheel's download is kept. */
  folder: string;
  signal?: AbortSignal | undefined;
  onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * The wheel on the disk: the file given, one left whole by an earlier call, or one that pip fetches from the user's own
 * package index; only if its hash is the pinned one.
 *
 * @throws PinnedDownloadsError `python-missing`, `pip-missing`, `download-failed`, `wheel-missing`, `wheel-hash`
 */
export async function fetchWheel(wheel: PinnedWheel, options: FetchWheelOptions): Promise<string> {
  const { given, folder, onBytes } = options;
  if (given !== undefined) {
    if (!existsSync(given)) {
      throw new PinnedDownloadsError(`There is no wheel ${given}.`, {
        code: 'wheel-missing',
        remedy: 'Check the path.',
      });
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
    await runPip(wheel, temporary, options);
  } finally {
    clearInterval(poll);
  }
  const file = await wheelIn(folder);
  if (file === undefined) {
    throw new PinnedDownloadsError(downloadFailed(wheel, options).message, downloadFailed(wheel, options));
  }
  await checkHash(file, wheel);
  return file;
}

async function wheelIn(folder: string): Promise<string | undefined> {
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  return name === undefined ? undefined : join(folder, name);
}

/** Runs `pip download`, its temporary files beside the wheel: `/tmp` may be small, and their size tells the progress. */
async function runPip(wheel: PinnedWheel, temporary: string, options: FetchWheelOptions): Promise<void> {
  const { folder, signal, what, option } = options;
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${wheel.project}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);
  const quiet = ['--disable-pip-version-check', '--no-input', '--no-cache-dir', '--progress-bar=off'];
  const target = wheel.target
    ? ['--platform', wheel.target.platform, '--python-version', wheel.target.python, '--implementation', 'cp']
    : [];
  const remedy = withOtherwise(`Install python3 and pip, or give a wheel with ${option} FILE.`, options);
  try {
    await runTool(
      {
        command: 'python3',
        signal,
        env: { TMPDIR: temporary },
        failed: downloadFailed(wheel, options),
        args: [
          ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--require-hashes', ...quiet, ...target],
          ...['--dest', folder, '--requirement', requirements],
        ],
        missing: { code: 'python-missing', message: `Fetching ${what} takes Python; there is no "python3".`, remedy },
      },
      PinnedDownloadsError,
    );
  } catch (error) {
    if (error instanceof PinnedDownloadsError && /No module named pip\b/.test(error.message)) {
      throw new PinnedDownloadsError(`Fetching ${what} takes pip; python3 has no module pip.`, {
        code: 'pip-missing',
        remedy,
        cause: error,
      });
    }
    if (error instanceof PinnedDownloadsError && error.message.includes('THESE PACKAGES DO NOT MATCH THE HASHES')) {
      throw new PinnedDownloadsError(`${error.message}\nThe package index gave another file than the pinned one.`, {
        code: 'wheel-hash',
        cause: error,
        remedy: withOtherwise('Try again, or ask who runs the package index.', options),
      });
    }
    throw error;
  }
}

const withOtherwise = (remedy: string, { otherwise }: FetchWheelOptions): string =>
  [remedy, ...(otherwise === undefined ? [] : [otherwise])].join(' ');

const downloadFailed = ({ project, version }: PinnedWheel, options: FetchWheelOptions) => ({
  code: 'download-failed',
  message: `The tool pip could not fetch ${project} ${version}.`,
  remedy: withOtherwise(
    `Check the network and pip's configuration, or fetch the wheel elsewhere and give it with ${options.option} FILE.`,
    options,
  ),
});

async function checkHash(file: string, { sha256, project, version }: PinnedWheel): Promise<void> {
  const found = await sha256Of(file);
  if (found === sha256) {
    return;
  }
  throw new PinnedDownloadsError(`${file} has the SHA-256 ${found}; that of ${project} ${version} is ${sha256}.`, {
    code: 'wheel-hash',
    remedy: 'The file is damaged or of another version: fetch it again.',
  });
}

async function sizeBelow(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => stat(join(folder, name)).then(({ size }) => size)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

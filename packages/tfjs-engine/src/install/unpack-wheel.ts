import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extractZipEntry, listZip, openByteRanges, type ZipEntry } from '@fractura/array-files';
import { TfjsEngineError } from '../errors.js';
import { librariesOf, linkLibraries, neededHeader, neededNvidiaFile } from './library-layout.js';

/** How to unpack. */
export interface UnpackOptions {
  signal?: AbortSignal | undefined;
  onBytes?: (done: number, total: number) => void;
}

/**
 * Takes the libraries and the C headers out of a wheel, nothing else: `lib/` and `include/` below `folder`.
 *
 * @throws TfjsEngineError `wheel-content` where the wheel lacks them.
 * @throws ArrayFilesError `invalid-zip` for half a wheel, `file-unwritable` without room on the disk.
 */
export async function unpackWheel(wheel: string, folder: string, options: UnpackOptions = {}): Promise<void> {
  const entries = await entriesOf(wheel);
  const missing = Object.keys(librariesOf()).filter(
    (library) => !entries.some(({ name }) => name === `tensorflow/${library}`),
  );
  if (missing.length > 0) {
    throw new TfjsEngineError(`${wheel} has no ${missing.join(', ')}.`, {
      code: 'wheel-content',
      remedy: 'Give the wheel of TensorFlow for this platform that prepareEngine names.',
    });
  }
  await extract(wheel, entries, (name) => targetOf(name, folder), options);
  await linkLibraries(folder);
}

/**
 * Takes NVIDIA's libraries out of one of its wheels, to `nvidia/` below `folder`: TensorFlow's library looks for them there, seen
 * from its own folder.
 */
export async function unpackNvidiaWheel(wheel: string, folder: string, options: UnpackOptions = {}): Promise<void> {
  const target = (name: string) => (neededNvidiaFile(name) ? join(folder, name) : undefined);
  await extract(wheel, await entriesOf(wheel), target, options);
}

async function extract(
  wheel: string,
  entries: ZipEntry[],
  targetFor: (name: string) => string | undefined,
  { signal, onBytes }: UnpackOptions,
): Promise<void> {
  const wanted = entries.flatMap((entry) => {
    const target = targetFor(entry.name);
    return target === undefined ? [] : [{ entry, target }];
  });
  const total = wanted.reduce((sum, { entry }) => sum + entry.size, 0);
  let done = 0;
  for (const { entry, target } of wanted) {
    await mkdir(dirname(target), { recursive: true });
    await extractZipEntry(wheel, entry, target, signal === undefined ? {} : { signal });
    done += entry.size;
    onBytes?.(done, total);
  }
}

async function entriesOf(wheel: string): Promise<ZipEntry[]> {
  const source = await openByteRanges(wheel, wheel);
  try {
    return await listZip(source);
  } finally {
    await source.close();
  }
}

function targetOf(name: string, folder: string): string | undefined {
  if (!name.startsWith('tensorflow/')) {
    return undefined;
  }
  const path = name.slice('tensorflow/'.length);
  if (path in librariesOf()) {
    return join(folder, 'lib', path);
  }
  return neededHeader(path) ? join(folder, path) : undefined;
}

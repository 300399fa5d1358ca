import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { extractZipEntry, listZip, openByteRanges, type ZipEntry } from '@fractura/array-files';
import { TfjsEngineError } from '../errors.js';

/** Names of the libraries in a wheel, and the names that the linker looks for. */
const libraries =
  process.platform === 'darwin'
    ? { 'libtensorflow_cc.2.dylib': 'libtensorflow.2.dylib', 'libtensorflow_framework.2.dylib': undefined }
    : { 'libtensorflow_cc.so.2': 'libtensorflow.so', 'libtensorflow_framework.so.2': 'libtensorflow_framework.so' };

/** What the binding includes, and what those headers include in turn. */
const headers =
  /^tensorflow\/include\/(tensorflow\/c\/|tensorflow\/core\/platform\/|tensorflow\/lite\/|xla\/tsl\/c\/|tsl\/|xla\/tsl\/)[^]*\.h$/;

/**
 * Takes the libraries and the C headers out of a wheel, nothing else: `lib/` and `include/` below `folder`.
 *
 * @throws TfjsEngineError `wheel-content` where the wheel lacks them.
 * @throws ArrayFilesError `invalid-zip` for half a wheel, `file-unwritable` without room on the disk.
 */
export async function unpackWheel(
  wheel: string,
  folder: string,
  { signal, onBytes }: { signal?: AbortSignal | undefined; onBytes?: (done: number, total: number) => void },
): Promise<void> {
  const source = await openByteRanges(wheel, wheel);
  let entries: ZipEntry[];
  try {
    entries = await listZip(source);
  } finally {
    await source.close();
  }
  const wanted = entries.flatMap((entry) => {
    const target = targetOf(entry.name);
    return target === undefined ? [] : [{ entry, target: join(folder, target) }];
  });
  const missing = Object.keys(libraries).filter(
    (name) => !wanted.some(({ entry }) => entry.name === `tensorflow/${name}`),
  );
  if (missing.length > 0) {
    throw new TfjsEngineError(`${wheel} has no ${missing.join(', ')}.`, {
      code: 'wheel-content',
      remedy: 'Give the wheel of TensorFlow for this platform that prepareEngine names.',
    });
  }
  const total = wanted.reduce((sum, { entry }) => sum + entry.size, 0);
  let done = 0;
  for (const { entry, target } of wanted) {
    await mkdir(dirname(target), { recursive: true });
    await extractZipEntry(wheel, entry, target, signal === undefined ? {} : { signal });
    done += entry.size;
    onBytes?.(done, total);
  }
  for (const [name, alias] of Object.entries(libraries)) {
    if (alias !== undefined) await symlink(name, join(folder, 'lib', alias));
  }
}

function targetOf(name: string): string | undefined {
  const library = Object.keys(libraries).find((candidate) => name === `tensorflow/${candidate}`);
  if (library !== undefined) return join('lib', library);
  return headers.test(name) ? name.slice('tensorflow/'.length) : undefined;
}

import { listZip, readZipEntry, type ByteRanges, type ZipEntry } from '@fractura/array-files';
import { damagedFile } from '../pickle/pickle-error.js';
import { readFilePickle, type FilePickle } from './file-pickle.js';
import { storageBytes } from './fill-tensors.js';

/** A pickle with the bytes of its storages. */
export interface RawTorchFile extends FilePickle {
  bytes: Map<string, Uint8Array>;
  isBigEndian: boolean;
}

/** Compressed members may claim this many times the file's size; torch.save compresses nothing. */
const maxExpansion = 16;

/** The format since torch 1.6: a zip of data.pkl and one member for each storage. */
export async function readZipFile(source: ByteRanges, signal?: AbortSignal): Promise<RawTorchFile> {
  const entries = new Map<string, ZipEntry>();
  for (const entry of await listZip(source)) {
    entries.set(entry.name, entry);
  }
  const claimed = [...entries.values()].reduce((sum, { size }) => sum + size, 0);
  if (claimed > maxExpansion * source.size) {
    throw damagedFile(source.name, `its members claim ${claimed} bytes`);
  }
  const pickleName = [...entries.keys()].find((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickleName === undefined) {
    throw damagedFile(source.name, 'it is a zip archive without data.pkl');
  }
  const folder = pickleName.slice(0, -'data.pkl'.length);
  const pickle = readFilePickle(await readZipEntry(source, entries.get(pickleName)!), source.name);
  const order = entries.get(`${folder}byteorder`);
  const isBigEndian = order !== undefined && Buffer.from(await readZipEntry(source, order)).toString() === 'big';
  const bytes = new Map<string, Uint8Array>();
  for (const storage of pickle.storages.values()) {
    signal?.throwIfAborted();
    const entry = entries.get(`${folder}data/${storage.key}`);
    if (!entry) {
      throw damagedFile(source.name, `its storage ${storage.key} is missing`);
    }
    const needed = storageBytes(storage);
    if (entry.size !== needed) {
      throw damagedFile(source.name, `its storage ${storage.key} has ${entry.size} bytes; ${needed} are needed`);
    }
    bytes.set(storage.key, await readZipEntry(source, entry));
  }
  return { ...pickle, bytes, isBigEndian };
}

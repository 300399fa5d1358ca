import type { ByteRanges } from '@fractura/array-files';
import { damagedFile } from '../pickle/pickle-error.js';
import { readFilePickle } from './file-pickle.js';
import { storageBytes } from './fill-tensors.js';
import type { RawTorchFile } from './read-zip-file.js';

const magic = 0x1950a86a20f9469cfc6cn;
const protocol = 1001;

/**
 * The format before torch 1.6: pickles of a magic number, a version, the machine, the object and the storages' names, then
 * each storage as its count of elements and its bytes.
 */
export async function readLegacyFile(source: ByteRanges): Promise<RawTorchFile> {
  const file = source.name;
  const all = await source.read(0, source.size);
  const head = readFilePickle(all, file);
  if (head.value !== magic) {
    throw damagedFile(file, 'it does not begin with the magic number of torch.save');
  }
  const version = readFilePickle(all, file, { start: head.end });
  if (version.value !== protocol) {
    throw damagedFile(file, `it is not of version ${protocol}`);
  }
  const machine = readFilePickle(all, file, { start: version.end });
  const isBigEndian = machine.value instanceof Map && machine.value.get('little_endian') === false;
  const pickle = readFilePickle(all, file, { start: machine.end });
  const names = readFilePickle(all, file, { start: pickle.end });
  if (!Array.isArray(names.value)) {
    throw damagedFile(file, 'the list of its storages is missing');
  }

  const bytes = new Map<string, Uint8Array>();
  let at = names.end;
  for (const name of names.value) {
    const storage = typeof name === 'string' ? pickle.storages.get(name) : undefined;
    if (!storage) {
      throw damagedFile(file, 'it lists a storage that no tensor uses');
    }
    const needed = storageBytes(storage);
    if (at + 8 + needed > all.byteLength) {
      throw damagedFile(file, `its storage ${storage.key} is cut off`);
    }
    const elements = Buffer.from(all.buffer, all.byteOffset + at, 8).readBigUInt64LE();
    if (elements !== BigInt(storage.elements)) {
      throw damagedFile(file, `its storage ${storage.key} has ${elements} elements; ${storage.elements} are needed`);
    }
    bytes.set(storage.key, all.slice(at + 8, at + 8 + needed));
    at += 8 + needed;
  }
  const missing = [...pickle.storages.keys()].find((key) => !bytes.has(key));
  if (missing !== undefined) {
    throw damagedFile(file, `its storage ${missing} is missing`);
  }
  return { ...pickle, bytes, isBigEndian };
}

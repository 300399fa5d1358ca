import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { encodeZip, listZip, openByteRanges, readZipEntry, type ZipMember } from '@fractura/array-files';
import { FracturaError } from '@fractura/errors';
import { readSafetensors, readTorchFile, TorchTensor, type PythonValue } from '../../src/index.js';

const folder = fileURLToPath(new URL('../fixtures/torch-files', import.meta.url));
const mutations = 12_000;
const maxCopiedBytes = 2 ** 20;

/** Numerical Recipes' generator: the same mutations each time. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Flips bits, puts extreme numbers in, cuts, doubles or exchanges pieces: one to four of these. */
function mutate(bytes: Uint8Array, random: (limit: number) => number): Uint8Array {
  let out = Buffer.from(bytes);
  for (let n = 1 + random(4); n > 0 && out.length > 8; n -= 1) {
    const at = random(out.length - 4);
    const from = random(out.length - 4);
    const kind = random(6);
    if (kind === 0) {
      out[at] ^= 1 << random(8);
    } else if (kind === 1) {
      out[at] = random(256);
    } else if (kind === 2) {
      out.writeInt32LE([0x7fffffff, -1, 0, 0x10000][random(4)], at);
    } else if (kind === 3) {
      out = out.subarray(0, at);
    } else if (kind === 4) {
      out = Buffer.concat([out.subarray(0, at), out.subarray(from, from + random(64)), out.subarray(at)]);
    } else {
      out.copyWithin(at, from, from + random(32));
    }
  }
  return out;
}

/** The members of a zip file; undefined for other files. */
async function membersOf(bytes: Uint8Array): Promise<ZipMember[] | undefined> {
  if (bytes[0] !== 0x50) {
    return undefined;
  }
  const source = await openByteRanges(bytes);
  const entries = await listZip(source).catch(() => []);
  return Promise.all(entries.map(async (entry) => ({ name: entry.name, bytes: await readZipEntry(source, entry) })));
}

function largestTensor(value: PythonValue, seen = new Set<PythonValue>()): number {
  if (value instanceof TorchTensor) {
    return value.data.byteLength;
  }
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return 0;
  }
  seen.add(value);
  const inner = value instanceof Map ? [...value].flat() : Array.isArray(value) ? value : [];
  return Math.max(0, ...inner.map((item) => largestTensor(item, seen)));
}

test(`${mutations} mutated files are read or refused, without a crash or more memory than their size warrants`, async () => {
  const random = generator(2024);
  const files = readdirSync(folder).filter((name) => /\.(pth|safetensors)$/.test(name));
  const originals = await Promise.all(
    files.map(async (name) => {
      const bytes = readFileSync(`${folder}/${name}`);
      return { name, bytes, members: name.endsWith('.pth') ? await membersOf(bytes) : undefined };
    }),
  );
  const counts = { read: 0, refused: 0 };
  // Other test files of this process may have left what is not collected yet.
  const before = process.memoryUsage().arrayBuffers;
  let mostMemory = 0;
  for (let n = 0; n < mutations; n += 1) {
    const { name, bytes, members } = originals[n % originals.length];
    // Half of the zips are damaged as they are, which their checksums catch; half hold a damaged pickle.
    const mutated =
      members?.length && random(2) === 0
        ? Buffer.concat([
            ...encodeZip(members.map((m) => (m.name.endsWith('.pkl') ? { ...m, bytes: mutate(m.bytes, random) } : m))),
          ])
        : mutate(bytes, random);
    try {
      if (name.endsWith('.pth')) {
        const value = await readTorchFile(mutated, { maxCopiedBytes });
        expect(largestTensor(value)).toBeLessThanOrEqual(Math.max(maxCopiedBytes, mutated.byteLength));
      } else {
        await readSafetensors(mutated);
      }
      counts.read += 1;
    } catch (error) {
      if (!FracturaError.isInstance(error)) {
        throw new Error(`mutation ${n} of ${name}`, { cause: error });
      }
      counts.refused += 1;
    }
    if (n % 200 === 0) {
      mostMemory = Math.max(mostMemory, process.memoryUsage().arrayBuffers - before);
    }
  }
  expect(counts.read + counts.refused).toBe(mutations);
  expect(counts.read).toBeGreaterThan(mutations / 100);
  expect(counts.refused).toBeGreaterThan(mutations / 2);
  expect(mostMemory).toBeLessThan(2 ** 29);
}, 30_000);

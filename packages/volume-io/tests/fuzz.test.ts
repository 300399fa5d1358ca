import { readFileSync } from 'node:fs';
import { FracturaError } from '@fractura/errors';
import { describe, expect, test } from '@jest/globals';
import { readNifti, readNpy, readNpz } from '../src/index.js';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));
const decode = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

const nifti = Object.values(read('nibabel.json') as Record<string, { bytes: string; image?: string }>);
const numpy = read('numpy.json') as {
  arrays: Record<string, { bytes: string }>;
  npz: { stored: string; deflated: string };
};

/** Marsaglia's xorshift: the same files in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Numbers that headers stumble over: signs, limits, NaN, infinities, one bit. */
const traps = [
  [0xff, 0xff, 0xff, 0xff],
  [0x7f, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0x00, 0x00, 0xc0, 0x7f],
  [0x00, 0x00, 0x80, 0xff],
  [0, 0, 0, 0x80],
  [0, 0, 0, 0],
];

/** One to four changes, most of them near the front, where the headers are. */
function mutate(sound: Uint8Array, draw: (below: number) => number): Uint8Array {
  let bytes = new Uint8Array(sound);
  for (let change = draw(4); change >= 0; change -= 1) {
    const at = draw(3) === 0 ? draw(bytes.length) : draw(Math.min(bytes.length, 560));
    switch (draw(5)) {
      case 0:
        bytes[at] ^= 1 << draw(8);
        break;
      case 1:
        bytes[at] = draw(256);
        break;
      case 2:
        bytes.set(traps[draw(traps.length)].slice(0, bytes.length - at), at);
        break;
      case 3:
        bytes = bytes.slice(0, Math.max(1, at));
        break;
      default:
        bytes = new Uint8Array(Buffer.concat([bytes.subarray(0, at), bytes.subarray(draw(at + 1))]));
    }
  }
  return bytes;
}

/** Every file is read or refused by a typed error, and no array is larger than the file can account for. */
async function attack(
  sources: Uint8Array[],
  runs: number,
  reader: (bytes: Uint8Array) => Promise<{ byteLength: number }[]>,
): Promise<{ read: number; refused: number }> {
  const draw = generator(20260106);
  let refused = 0;
  for (let run = 0; run < runs; run += 1) {
    const bytes = mutate(sources[run % sources.length], draw);
    try {
      // Deflate packs 1032:1 at most; scaling to float64 takes eight bytes for one.
      for (const { byteLength } of await reader(bytes)) {
        expect(byteLength).toBeLessThan(bytes.length * 1032 * 8);
      }
    } catch (error) {
      if (!FracturaError.isInstance(error)) {
        throw error;
      }
      refused += 1;
    }
  }
  return { read: runs - refused, refused };
}

/** For machines that are busy with other things. */
const patience = 60_000;

describe('mutated files', () => {
  test(
    '8,000 NIfTI files, plain and compressed',
    async () => {
      const { read: sound, refused } = await attack(
        nifti.map(({ bytes }) => decode(bytes)),
        8000,
        async (bytes) => [(await readNifti(bytes)).data],
      );
      expect(sound).toBeGreaterThan(500);
      expect(refused).toBeGreaterThan(3000);
    },
    patience,
  );

  test(
    '1,000 headers with the voxels of a pair',
    async () => {
      const pair = nifti.find(({ image }) => image !== undefined)!;
      const image = decode(pair.image!);
      await attack([decode(pair.bytes)], 1000, async (bytes) => [(await readNifti(bytes, { image })).data]);
    },
    patience,
  );

  test(
    '3,000 NPY files',
    async () => {
      const sources = Object.values(numpy.arrays).map(({ bytes }) => decode(bytes));
      const { refused } = await attack(sources, 3000, async (bytes) => [(await readNpy(bytes)).data]);
      expect(refused).toBeGreaterThan(1000);
    },
    patience,
  );

  test(
    '2,000 NPZ files',
    async () => {
      const sources = [decode(numpy.npz.stored), decode(numpy.npz.deflated)];
      const { refused } = await attack(sources, 2000, async (bytes) =>
        [...(await readNpz(bytes)).values()].map(({ data }) => data),
      );
      expect(refused).toBeGreaterThan(1000);
    },
    patience,
  );
});

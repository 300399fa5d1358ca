import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FracturaError } from '@fractura/errors';
import { describe, expect, test } from '@jest/globals';
import { readImage } from '../src/index.js';

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
    '2,000 images',
    async () => {
      const folder = new URL('fixtures/stored/', import.meta.url);
      const names = readdirSync(folder).filter((name) => /\.(png|tif|bmp)$/.test(name));
      const scratch = await mkdtemp(join(tmpdir(), 'mutated-'));
      const file = join(scratch, 'image');
      const { refused } = await attack(
        names.map((name) => readFileSync(new URL(name, folder))),
        2000,
        async (bytes) => {
          await writeFile(file, bytes);
          const { data, shape } = await readImage(file);
          expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
          return [];
        },
      );
      await rm(scratch, { recursive: true });
      expect(refused).toBeGreaterThan(700);
    },
    patience,
  );
});

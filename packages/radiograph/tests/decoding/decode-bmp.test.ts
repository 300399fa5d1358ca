import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { decodeBmp } from '../../src/decoding/decode-bmp.js';
import { RadiographError } from '../../src/index.js';

const folder = fileURLToPath(new URL('../fixtures/stored/', import.meta.url));

test('a cut or altered BMP is refused or read within its bytes', async () => {
  for (const name of ['grey8.bmp', 'pal.bmp', 'bit1.bmp', 'rgb8.bmp', 'rgba8.bmp']) {
    const sound = await readFile(folder + name);
    for (let at = 0; at < 54; at += 1) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const bytes = Buffer.from(sound);
        bytes[at] = value;
        const cut = bytes.subarray(0, value === 1 ? sound.length - 1 : sound.length);
        try {
          expect(decodeBmp(cut, name).data.length).toBeLessThan(sound.length * 8 * 3);
        } catch (error) {
          if (!(error instanceof RadiographError)) {
            throw error;
          }
          expect(['image-unreadable', 'image-too-large']).toContain(error.code);
        }
      }
    }
  }
});

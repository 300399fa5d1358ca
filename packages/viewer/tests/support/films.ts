import { readFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { encodeJpeg } from '@fractura/radiograph';
import type { TestFile } from '@fractura/testing/viewer-page';

/** Size of the films drawn. */
export const [filmWidth, filmHeight] = [64, 40];

/** A bright box of 16 by 8 pixels on a dark ground, of whole blocks of a JPEG, which keeps such as they are. */
const levels = (dark: number, bright: number) =>
  Array.from({ length: filmWidth * filmHeight }, (_, i) => {
    const [x, y] = [i % filmWidth, Math.floor(i / filmWidth)];
    return x >= 16 && x < 32 && y >= 16 && y < 24 ? bright : dark;
  });

/** As a grey PNG of 8 or 16 bits. */
export function pngFilm(name: string, { depth = 8, bright = 0.9 }: { depth?: 8 | 16; bright?: number } = {}): TestFile {
  const brightest = 2 ** depth - 1;
  const values = levels(Math.round(0.1 * brightest), Math.round(bright * brightest));
  const data = depth === 8 ? Uint8Array.from(values) : Uint16Array.from(values);
  const png = encode({ data, width: filmWidth, height: filmHeight, channels: 1, depth });
  return { name, mimeType: 'image/png', buffer: Buffer.from(png) };
}

/** As a grey JPEG. */
export async function jpegFilm(name: string): Promise<TestFile> {
  const image = { data: Uint8Array.from(levels(25, 230)), width: filmWidth, height: filmHeight, channels: 1 };
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(await encodeJpeg(image, { quality: 95 })) };
}

/** A DICOM file of the fixtures. */
export const dicomFilm = (name: string): TestFile => ({
  name,
  mimeType: 'application/dicom',
  buffer: readFileSync(new URL(`../fixtures/dicom/${name}`, import.meta.url)),
});

/** A file that is no film. */
export const otherFile = (name: string, content: string | Uint8Array): TestFile => ({
  name,
  mimeType: '',
  buffer: Buffer.from(content as string),
});

/** A PNG whose header claims a size, without pixels. */
export function pngClaiming(name: string, width: number, height: number): TestFile {
  const { buffer } = pngFilm(name);
  buffer.writeUInt32BE(width, 16);
  buffer.writeUInt32BE(height, 20);
  return { name, mimeType: 'image/png', buffer };
}

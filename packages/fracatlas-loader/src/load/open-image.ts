import { readImage } from '@fractura/radiograph';
import sharp, { type Sharp, type SharpOptions } from 'sharp';

/** An image for sharp, from its file and the bytes in it; BMP, which libvips does not read, is decoded first. */
export async function openImage(path: string, bytes: Buffer, options: SharpOptions = {}): Promise<Sharp> {
  if (!isBmp(bytes)) {
    return sharp(bytes, options);
  }
  const { data, shape } = await readImage(path, { white: 255 });
  const [height, width, channels = 1] = shape;
  return sharp(data as Uint8Array, { ...options, raw: { width, height, channels: channels as 1 | 3 | 4 } });
}

/** Whether a file is a BMP, by its first two bytes. */
export function isBmp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x42 && bytes[1] === 0x4d;
}

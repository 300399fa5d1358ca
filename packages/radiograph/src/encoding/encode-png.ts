import { loadSharp } from '../decoding/load-sharp.js';
import type { PixelImage } from '../images/pixel-image.js';

/** The bytes of a PNG, grey for one channel, RGB for three. */
export async function encodePng({ data, height, width, channels }: PixelImage<Uint8Array>): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(data, { raw: { height, width, channels: channels as 1 | 3 } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
}

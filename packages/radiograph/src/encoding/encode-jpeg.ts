import { loadSharp } from '../decoding/load-sharp.js';
import type { PixelImage } from '../images/pixel-image.js';

/** The bytes of a JPEG, grey for one channel, RGB for three; `quality` from 1 to 100. */
export async function encodeJpeg(
  { data, height, width, channels }: PixelImage<Uint8Array>,
  { quality }: { quality: number },
): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(data, { raw: { height, width, channels: channels as 1 | 3 } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality })
    .toBuffer();
}

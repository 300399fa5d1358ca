import { loadSharp } from '../decoding/load-sharp.js';

/** The bytes of a PNG that shows an SVG at its own size, one pixel for each of its units. */
export async function svgToPng(svg: string): Promise<Buffer> {
  const sharp = await loadSharp();
  return sharp(Buffer.from(svg)).png().toBuffer();
}

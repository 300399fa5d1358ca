import { toGrey } from '@fractura/radiograph/page';
import { convertIndexedToRgb, decode } from 'fast-png';
import type { Film } from '../../model/model-answers.js';
import { decodeWithBrowser } from './decode-with-browser.js';

/**
 * Decodes a PNG to its own grey levels, 16 bits where it has them, which no canvas of a browser keeps; alpha and transparent colours
 * are left out.
 *
 * @throws Error where the file is damaged.
 */
export async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<Film> {
  const png = decode(bytes, { checkCrc: true });
  const { width, height, depth, channels, palette } = png;
  if (palette !== undefined) {
    // Of four bytes each where the palette has an alpha.
    const colours = new Uint8Array(convertIndexedToRgb(png));
    return { data: toGrey(colours, colours.length / (width * height)), width, height };
  }
  // Levels of fewer bits are spread to 255, as the browser does, too.
  if (depth < 8) {
    return decodeWithBrowser(bytes, 'image/png');
  }
  const pixels = png.data instanceof Uint16Array ? png.data : new Uint8Array(png.data);
  return { data: toGrey(pixels, channels), width, height };
}

import { toGrey } from '@fractura/radiograph/page';
import type { Film } from '../../model/model-answers.js';

/**
 * Decodes an image of 8 bits by the browser, as `readRadiograph` does it in Node: upright by EXIF orientation, no colour profile, grey
 * by ITU-R BT.601 luma.
 *
 * @throws DOMException where the browser cannot decode it.
 */
export async function decodeWithBrowser(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Film> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), {
    imageOrientation: 'from-image',
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'none',
  });
  const { width, height } = bitmap;
  // Read back by the processor: a GPU might round otherwise.
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { data: toGrey(new Uint8Array(data.buffer), 4), width, height };
}

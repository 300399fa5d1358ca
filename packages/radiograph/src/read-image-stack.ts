import { reasonOf } from '@fractura/errors';
import { decodeStored } from './decoding/decode-stored.js';
import { checkLimit, checkPixels, type SizeLimit } from './images/size-limit.js';
import { readImageFile } from './decoding/image-file.js';
import { loadSharp } from './decoding/load-sharp.js';
import { RadiographError } from './errors.js';
import type { StoredPixels } from './images/stored-image.js';
import { unreadableImage } from './images/unreadable-image.js';

/**
 * Reads the pages of a TIFF file, one slice each, as nnU-Net's Tiff3DIO does; grey only, with the numbers that are in the file.
 *
 * @returns samples slice by slice, `[slices, height, width]`.
 * @throws RadiographError `image-missing`, `image-too-large` (all pages together), `size-invalid`, `image-unreadable` (also where pages differ in size or type)
 * @see nnU-Net: nnunetv2/imageio/tif_reader_writer.py, Tiff3DIO.read_images
 */
export async function readImageStack(file: string, limit: SizeLimit = {}): Promise<StoredPixels> {
  checkLimit(limit);
  const bytes = await readImageFile(file);
  try {
    const sharp = await loadSharp();
    const { pages: count = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    const first = await decodeStored(bytes, file, { ...limit, page: 0 });
    if (first.shape.length !== 2) {
      throw new Error('its pages are not grey');
    }
    const [height, width] = first.shape;
    checkPixels(file, { width, height: height * count, bytes: first.data.BYTES_PER_ELEMENT }, limit);
    const pixels = first.data.length;
    const stack = new (first.data.constructor as Uint8ArrayConstructor)(pixels * count) as StoredPixels['data'];
    stack.set(first.data);
    for (let page = 1; page < count; page += 1) {
      const { data, shape } = await decodeStored(bytes, file, { ...limit, page });
      if (shape.join() !== first.shape.join() || data.constructor !== first.data.constructor) {
        throw new Error(`page ${page + 1} is of ${shape.join(' x ')} pixels, the first of ${first.shape.join(' x ')}`);
      }
      stack.set(data, page * pixels);
    }
    return { data: stack, shape: [count, ...first.shape] };
  } catch (cause) {
    throw cause instanceof RadiographError ? cause : unreadableImage(file, reasonOf(cause), cause);
  }
}

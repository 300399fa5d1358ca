import type { StoredImage } from '../images/stored-image.js';
import type { PixelImage } from '../images/pixel-image.js';

/**
 * Grey levels of 16 bits for numbers that are no levels, such as float32: their own range is spread over them, as that of a DICOM file
 * without a window is.
 *
 * @returns the image, and a sentence that says so.
 * @throws Error whose message is the end of a sentence about the file.
 */
export function spreadLevels(file: string, { data, shape }: StoredImage): { image: PixelImage; warning: string } {
  const [height, width, channels = 1] = shape;
  const type = data.constructor.name.replace('Array', '').toLowerCase();
  if (channels !== 1) {
    throw new Error(`its ${channels} samples a pixel are of the type ${type}`);
  }
  let [low, high, strange] = [Infinity, -Infinity, 0];
  for (const value of data) {
    if (Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    } else {
      strange += 1;
    }
  }
  if (strange > 0) {
    throw new Error(`${strange} of its ${data.length} pixels are no finite numbers`);
  }
  const scale = 65535 / (high - low || 1);
  const levels = Uint16Array.from(data, (value) => Math.round((value - low) * scale));
  const warning = `${file} has samples of the type ${type} from ${low} to ${high}, which are spread over 16 bits.`;
  return { image: { data: levels, height, width, channels: 1 }, warning };
}

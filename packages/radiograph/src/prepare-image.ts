import { toGrey } from './colour/to-grey.js';
import { toRgb } from './colour/to-rgb.js';
import { RadiographError } from './errors.js';
import { checkSize } from './images/image-size.js';
import type { PixelImage, Pixels } from './images/pixel-image.js';
import { resizeFilters, type ResizeFilter } from './resize/filter-taps.js';
import { fitImage, imageFits, type ImageFit } from './resize/letterbox.js';

/**
 * How image files are made ready for a network. Plain data: kept with a trained network, it makes sure that files which are
 * judged are prepared as those were that it was trained on.
 */
export interface RadiographPreparation {
  /** `lanczos` as {@link readRadiograph} resizes; `bilinear` as torchvision's `Resize((height, width))`. */
  resize: ResizeFilter;
  /** Pixels of the result. */
  width: number;
  height: number;
  /** How images of another aspect are brought to it; default `stretch`. */
  fit?: ImageFit;
  /** 1 for grey by ITU-R BT.601 luma, 3 for RGB. */
  channels: 1 | 3;
  /** `stored` keeps 16 bits where the file has them; `uint8` takes the high byte of those. */
  depth: 'stored' | 'uint8';
}

/** An image made ready for a network. */
export interface PreparedImage {
  /** `[height, width, channels]`, from 0 (black) to 1 (the brightest level that the depth can hold). */
  data: Float32Array;
  height: number;
  width: number;
  channels: number;
}

/**
 * Resizes an upright image and brings its levels to 0 to 1, as the preparation says: level / 255 for 8 bits, level / 65535 for 16.
 * It runs in web pages, too.
 *
 * @throws RadiographError `preparation-invalid`
 */
export function prepareImage(image: PixelImage, preparation: RadiographPreparation): PreparedImage {
  checkPreparation(preparation);
  const coloured = withChannels(image, preparation.channels);
  const { data, ...size } = fitImage(preparation.depth === 'uint8' ? withHighBytes(coloured) : coloured, preparation, {
    fit: preparation.fit ?? 'stretch',
    filter: preparation.resize,
  });
  const brightest = data instanceof Uint16Array ? 65535 : 255;
  return { ...size, data: Float32Array.from(data, (level) => level / brightest) };
}

function withChannels(image: PixelImage, channels: 1 | 3): PixelImage {
  const convert: (pixels: Pixels, from: number) => Pixels = channels === 1 ? toGrey : toRgb;
  return { ...image, data: convert(image.data, image.channels), channels };
}

function withHighBytes(image: PixelImage): PixelImage {
  return image.data instanceof Uint16Array
    ? { ...image, data: Uint8Array.from(image.data, (level) => level >> 8) }
    : image;
}

/** A preparation may come from a file. */
function checkPreparation(preparation: RadiographPreparation): void {
  const { resize, fit = 'stretch', channels, depth, width, height } = preparation;
  checkSize({ width, height });
  const known = resizeFilters.includes(resize) && imageFits.includes(fit);
  if (known && [1, 3].includes(channels) && ['stored', 'uint8'].includes(depth)) {
    return;
  }
  throw new RadiographError(`Images cannot be prepared as ${JSON.stringify(preparation)} says.`, {
    code: 'preparation-invalid',
    remedy:
      'Resize by lanczos or bilinear, stretched or letterboxed, to 1 or 3 channels, with the depth "stored" or "uint8".',
  });
}

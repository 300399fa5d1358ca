import { describeValue } from '@fractura/errors';
import { RadiographError } from '../errors.js';
import { checkSize, type ImageSize } from '../images/image-size.js';
import type { PixelImage, Pixels } from '../images/pixel-image.js';
import type { ResizeFilter } from './filter-taps.js';
import { resizeImage } from './resize-image.js';

/** How an image is brought into a frame of another aspect: out of its own, or keeping it, with black beside it. */
export const imageFits = ['stretch', 'letterbox'] as const;
export type ImageFit = (typeof imageFits)[number];

/** Where an image lies in a frame: pixels of the frame, from its top left corner. */
export interface Placement extends ImageSize {
  left: number;
  top: number;
}

/**
 * Where an image lies in a frame. Stretched it fills the frame. Letterboxed it is scaled, up or down, until it just fits: the
 * frame's side along one axis, its own rounded to whole pixels, and at least 1, along the other, in the middle; where an odd
 * number of pixels is left, the one more lies to the right or below.
 *
 * @throws RadiographError `size-invalid`, `fit-invalid`
 */
export function placeInFrame(image: ImageSize, frame: ImageSize, fit: ImageFit): Placement {
  checkSize(image);
  checkSize(frame);
  if (!imageFits.includes(fit)) {
    throw new RadiographError(`Images cannot be fitted by ${describeValue(fit)}.`, {
      code: 'fit-invalid',
      remedy: 'Say "stretch" or "letterbox".',
    });
  }
  if (fit === 'stretch') {
    return { left: 0, top: 0, width: frame.width, height: frame.height };
  }
  const wide = image.width * frame.height >= image.height * frame.width;
  const scaled = (side: number, by: number, to: number) => Math.max(1, Math.round((side * to) / by));
  const width = wide ? frame.width : scaled(image.width, image.height, frame.height);
  const height = wide ? scaled(image.height, image.width, frame.width) : frame.height;
  return {
    left: Math.floor((frame.width - width) / 2),
    top: Math.floor((frame.height - height) / 2),
    width,
    height,
  };
}

/**
 * Resizes an image into a frame, as {@link placeInFrame} places it; what it does not cover is 0, black.
 *
 * @param image `[height, width, channels]` of 8 or 16 bits.
 * @throws RadiographError `size-invalid`, `fit-invalid`
 */
export function fitImage<Data extends Pixels>(
  image: PixelImage<Data>,
  { width, height }: ImageSize,
  { fit, filter }: { fit: ImageFit; filter: ResizeFilter },
): PixelImage<Data> {
  const place = placeInFrame(image, { width, height }, fit);
  const { data, channels } = resizeImage(image, place, filter);
  return { width, height, channels, data: padToFrame(data, place, { width, height }) };
}

/**
 * Puts an image that has the size of its place into the frame; the rest is 0.
 *
 * @param data `[place height, place width, channels]`
 * @returns `[frame height, frame width, channels]`; the same array where the image fills the frame.
 */
export function padToFrame<Data extends Pixels>(data: Data, place: Placement, frame: ImageSize): Data {
  if (place.width === frame.width && place.height === frame.height) {
    return data;
  }
  const channels = data.length / (place.width * place.height);
  const padded = new (data.constructor as new (length: number) => Data)(frame.width * frame.height * channels);
  const row = place.width * channels;
  for (let y = 0; y < place.height; y += 1) {
    padded.set(data.subarray(y * row, (y + 1) * row), ((place.top + y) * frame.width + place.left) * channels);
  }
  return padded;
}

/**
 * Takes an image's own part out of planes of its frame: what letterboxing added goes.
 *
 * @param planes `[planes, frame height, frame width]`
 * @returns `[planes, place height, place width]`; the same array where the image fills the frame.
 */
export function cropToPlacement<Data extends Float32Array | Pixels>(
  planes: Data,
  frame: ImageSize,
  place: Placement,
): Data {
  if (place.width === frame.width && place.height === frame.height) {
    return planes;
  }
  const pixels = frame.width * frame.height;
  const count = planes.length / pixels;
  const cropped = new (planes.constructor as new (length: number) => Data)(count * place.width * place.height);
  for (let plane = 0; plane < count; plane += 1) {
    for (let y = 0; y < place.height; y += 1) {
      const from = plane * pixels + (place.top + y) * frame.width + place.left;
      cropped.set(planes.subarray(from, from + place.width), (plane * place.height + y) * place.width);
    }
  }
  return cropped;
}

import sharp from 'sharp';
import type { PlannedImage } from './plan-atlas.js';
import { tagOrientation } from './tag-orientation.js';

/** Clockwise degrees that a viewer turns the stored pixels by, for the EXIF orientations without a mirror. */
const turns: Record<number, number> = { 1: 0, 3: 180, 6: 90, 8: 270 };

/** Encodes an upright film as the JPEG file that the plan asks for: turned, tagged, grey or RGB, cut short. */
export async function encodeImage(
  film: Uint8Array,
  { width, height, orientation, greyscale, truncated }: PlannedImage,
): Promise<Buffer> {
  const turned = sharp(film, { raw: { width, height, channels: 1 } }).rotate((360 - turns[orientation ?? 1]) % 360);
  const coloured = greyscale ? turned.toColourspace('b-w') : turned.toColourspace('srgb');
  const jpeg = await coloured.jpeg({ quality: 88 }).toBuffer();
  const bytes = orientation === undefined ? jpeg : tagOrientation(jpeg, orientation);
  return truncated ? bytes.subarray(0, Math.round(bytes.length * 0.6)) : bytes;
}

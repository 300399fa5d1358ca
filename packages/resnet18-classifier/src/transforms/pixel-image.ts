import { Resnet18ClassifierError } from '../errors.js';

/** An 8-bit picture, as Pillow's modes L and RGB. */
export interface PixelImage {
  /** `[height, width, channels]`, 0 to 255. */
  data: Uint8Array;
  height: number;
  width: number;
  channels: number;
}

/** An empty picture, black, of the same channels. */
export const blank = ({ channels }: PixelImage, height: number, width: number): PixelImage => ({
  data: new Uint8Array(height * width * channels),
  height,
  width,
  channels,
});

/** @throws Resnet18ClassifierError `option-invalid` for sizes that are no whole number from 1 to 32767 */
export function checkExtents(extents: Record<string, number>): void {
  for (const [name, value] of Object.entries(extents)) {
    if (Number.isInteger(value) && value >= 1 && value <= 32767) {
      continue;
    }
    throw new Resnet18ClassifierError(`The ${name} of a picture cannot be ${value}.`, {
      code: 'option-invalid',
      remedy: 'Give a whole number of pixels from 1 to 32767.',
    });
  }
}

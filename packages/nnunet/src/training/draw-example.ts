import type { PixelImage } from '@fractura/radiograph';
import type { EpochExample } from '@fractura/unet-model';

/** Pixels between the two pictures. */
const gap = 4;

/** Share of its colour in a marked pixel. */
const opacity = 0.45;

/** The colours of the report: what is annotated, and what is predicted. */
const [referenceColour, predictionColour] = [
  [86, 180, 233],
  [230, 159, 0],
];

/** An example of an epoch as RGB: on the left what is annotated (blue), on the right what the network marks (orange). */
export function drawExample({ width, height, image, reference, prediction }: EpochExample): PixelImage<Uint8Array> {
  const whole = 2 * width + gap;
  const data = new Uint8Array(whole * height * 3).fill(255);
  const low = image.reduce((least, value) => Math.min(least, value), Infinity);
  const high = image.reduce((most, value) => Math.max(most, value), -Infinity);
  const scale = high > low ? 255 / (high - low) : 0;
  for (const [mask, colour, left] of [
    [reference, referenceColour, 0],
    [prediction, predictionColour, width + gap],
  ] as const) {
    for (let i = 0; i < image.length; i += 1) {
      const grey = (image[i] - low) * scale;
      const at = 3 * (Math.floor(i / width) * whole + left + (i % width));
      for (let c = 0; c < 3; c += 1) {
        data[at + c] = Math.round(mask[i] === 0 ? grey : grey + opacity * (colour[c] - grey));
      }
    }
  }
  return { data, width: whole, height, channels: 3 };
}

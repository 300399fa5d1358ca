import { writeImage } from '@fractura/radiograph';
import type { ClassifierImage } from '../data/classifier-sample.js';

/** Writes an image with a heatmap over it as PNG: red where the map is 1, the image's own grey where it is 0. */
export async function writeHeatmap(file: string, image: ClassifierImage, heatmap: Float32Array): Promise<void> {
  const { data, height, width, channels } = image;
  const pixels = new Uint8Array(height * width * 3);
  heatmap.forEach((heat, i) => {
    const strength = 0.7 * heat;
    const hot = [255, 255 * Math.max(0, 1 - 2 * Math.abs(heat - 0.5)), 0];
    for (let c = 0; c < 3; c += 1) {
      const own = 255 * data[i * channels + (channels === 3 ? c : 0)];
      pixels[i * 3 + c] = Math.round(own * (1 - strength) + hot[c] * strength);
    }
  });
  await writeImage(file, { data: pixels, shape: [height, width, 3] });
}

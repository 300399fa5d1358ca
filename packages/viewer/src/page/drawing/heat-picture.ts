/** Share of the heat in a pixel of probability 1. */
const heatOpacity = 0.75;

/** Steps in which probabilities are coloured. */
const steps = 1024;

/** By step, red to yellow, the more opaque the more probable; red in the lowest byte. */
const colours = Uint32Array.from({ length: steps + 1 }, (_, step) => {
  const probability = step / steps;
  const alpha = Math.round(255 * heatOpacity * Math.sqrt(probability));
  return ((alpha << 24) | (Math.round(230 * probability) << 8) | 255) >>> 0;
});

/** Draws probabilities `[height, width]` as heat, at the film's own size. */
export function drawHeat(canvas: OffscreenCanvas, probabilities: Float32Array, width: number, height: number): void {
  canvas.width = width;
  canvas.height = height;
  const picture = new ImageData(width, height);
  const pixels = new Uint32Array(picture.data.buffer);
  for (let i = 0; i < pixels.length; i += 1) {
    pixels[i] = colours[Math.round(probabilities[i] * steps)];
  }
  canvas.getContext('2d')!.putImageData(picture, 0, 0);
}

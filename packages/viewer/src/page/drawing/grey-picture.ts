import type { Film } from '../../model/model-answers.js';

/** Which grey levels are shown between black and white. */
export interface GreyWindow {
  /** Level in the middle. */
  level: number;
  /** Levels from black to white, at least 1. */
  width: number;
}

/** The lowest and the highest level of a film. */
export function levelsOf({ data }: Film): { lowest: number; highest: number } {
  let lowest = Infinity;
  let highest = 0;
  for (let i = 0; i < data.length; i += 1) {
    lowest = Math.min(lowest, data[i]);
    highest = Math.max(highest, data[i]);
  }
  return { lowest, highest };
}

/** The window in which a film is shown first: all levels of 8 bits, its own range of 16. */
export function ownWindow(film: Film): GreyWindow {
  if (film.data instanceof Uint8Array) {
    return { level: 127.5, width: 255 };
  }
  const { lowest, highest } = levelsOf(film);
  return { level: (lowest + highest) / 2, width: Math.max(1, highest - lowest) };
}

/** Draws a film at its own size, with the levels of a window. */
export function drawGrey(canvas: OffscreenCanvas, { data, width, height }: Film, { level, width: levels }: GreyWindow) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const shown = new Uint32Array(data instanceof Uint8Array ? 2 ** 8 : 2 ** 16);
  for (let value = 0; value < shown.length; value += 1) {
    const grey = Math.round(Math.min(1, Math.max(0, (value - level) / levels + 0.5)) * 255);
    shown[value] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
  }
  const picture = new ImageData(width, height);
  const pixels = new Uint32Array(picture.data.buffer);
  for (let i = 0; i < pixels.length; i += 1) {
    pixels[i] = shown[data[i]];
  }
  canvas.getContext('2d')!.putImageData(picture, 0, 0);
}

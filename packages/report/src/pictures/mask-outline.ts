import type { Mask } from './grey-picture.js';

/**
 * The outline of a mask as an SVG path in pixel units: the edges between pixels inside and outside, neighbouring edges
 * of one line joined to one stroke.
 */
export function maskOutline({ data, width, height }: Mask): string {
  const inside = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] !== 0;
  const strokes: string[] = [];
  for (let y = 0; y <= height; y += 1) {
    eachRun(
      width,
      (x) => inside(x, y) !== inside(x, y - 1),
      (start, length) => strokes.push(`M${start} ${y}h${length}`),
    );
  }
  for (let x = 0; x <= width; x += 1) {
    eachRun(
      height,
      (y) => inside(x, y) !== inside(x - 1, y),
      (start, length) => strokes.push(`M${x} ${start}v${length}`),
    );
  }
  return strokes.join('');
}

function eachRun(
  length: number,
  holds: (index: number) => boolean,
  take: (start: number, length: number) => void,
): void {
  let start = -1;
  for (let index = 0; index <= length; index += 1) {
    const here = index < length && holds(index);
    if (here && start < 0) {
      start = index;
    }
    if (!here && start >= 0) {
      take(start, index - start);
      start = -1;
    }
  }
}

import type { ClassifierSample } from '../../src/index.js';

/** Noisy one-channel images, 32 x 32 unless told; those of class 1 carry a bright bar of an eighth of the height. */
export const toySamples = (count: number, { first = 0, size = 32 } = {}): ClassifierSample[] =>
  Array.from({ length: count }, (_, n) => {
    const id = first + n;
    const label = n % 2;
    return { id: `toy_${id}`, label, image: () => toyImage(id, label === 1, size) };
  });

function toyImage(id: number, hasBar: boolean, size: number) {
  const { sin } = Math;
  const data = new Float32Array(size * size);
  const top = Math.floor(size / 4) + ((3 * id) % Math.floor(size / 2 - 2));
  for (let y = 0; y < size; y += 1) {
    const bar = hasBar && y >= top && y < top + size / 8 ? 0.5 : 0;
    for (let x = 0; x < size; x += 1) {
      data[y * size + x] = 0.3 + 0.1 * sin(12.9898 * (y * size + x + 7 * id)) + bar;
    }
  }
  return { data, height: size, width: size, channels: 1 };
}

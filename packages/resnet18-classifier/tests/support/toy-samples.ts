import type { ClassifierSample } from '../../src/index.js';

/** Images of 32 x 32 with noise; those of class 1 carry a bright bar. */
export const toySamples = (count: number, first = 0): ClassifierSample[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `toy_${first + n}`,
    label: n % 2,
    image: () => {
      const data = new Float32Array(32 * 32);
      const row = 8 + ((3 * (first + n)) % 14);
      for (let i = 0; i < data.length; i++) {
        const y = Math.floor(i / 32);
        data[i] =
          0.3 + 0.1 * Math.sin(12.9898 * (i + 7 * (first + n))) + (n % 2 === 1 && y >= row && y < row + 4 ? 0.5 : 0);
      }
      return { data, height: 32, width: 32, channels: 1 };
    },
  }));

/** Drawn films: a pale bone on a dark ground with noise, and in every other film a dark gap across it, the lesion. Made of a seed alone. */

/**
 * @param seed odd seeds have a lesion.
 * @returns a preprocessed case: values of mean 0 and deviation 1, and the lesion's pixels.
 */
export function drawFilm(seed, edge) {
  const random = generator(seed);
  const [lean, middle, width] = [random() - 0.5, edge * (0.35 + 0.3 * random()), edge * (0.08 + 0.08 * random())];
  const [gapRow, gap] = [edge * (0.3 + 0.4 * random()), edge * 0.015];
  const data = new Float32Array(edge * edge);
  const segmentation = new Int16Array(edge * edge);
  const inside = [];
  for (let y = 0; y < edge; y += 1) {
    for (let x = 0; x < edge; x += 1) {
      const fromAxis = (x - middle - lean * (y - edge / 2)) / width;
      const isBone = Math.abs(fromAxis) < 1;
      const isGap = seed % 2 === 1 && isBone && Math.abs(y - gapRow - 0.3 * (x - middle)) < gap;
      data[y * edge + x] = (isBone ? 0.4 + 0.4 * fromAxis ** 2 : 0.15) - (isGap ? 0.35 : 0) + 0.1 * (random() - 0.5);
      if (isGap) {
        segmentation[y * edge + x] = 1;
        inside.push(0, 0, y, x);
      }
    }
  }
  standardise(data);
  return {
    id: `film-${seed}`,
    data,
    shape: [1, 1, edge, edge],
    segmentation,
    classLocations: inside.length > 0 ? { 1: inside } : {},
  };
}

function standardise(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  values.forEach((value, i) => {
    values[i] = (value - mean) / deviation;
  });
}

/** Uniform in [0, 1): the numbers of `seededTensor` in the engine's tests. */
function generator(seed) {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A model's worker for tests: a grey level is a probability, and all that is above the cut-off is one lesion. */

let kept;

function mark({ foreground, width, pixelSpacing }, threshold) {
  const labels = Uint8Array.from(foreground, (probability) => Number(probability > (threshold ?? 0.5)));
  const inside = [...labels.keys()].filter((i) => labels[i] === 1);
  if (inside.length === 0) {
    return { labels, lesions: [] };
  }
  const [xs, ys] = [inside.map((i) => i % width), inside.map((i) => Math.floor(i / width))];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const probabilities = inside.map((i) => foreground[i]);
  const lesion = {
    class: 'bright',
    label: 1,
    box: [left, top, Math.max(...xs) - left + 1, Math.max(...ys) - top + 1],
    area: inside.length,
    maximumProbability: Math.max(...probabilities),
    meanProbability: probabilities.reduce((a, b) => a + b, 0) / inside.length,
  };
  if (pixelSpacing !== undefined) {
    lesion.areaMm2 = inside.length * pixelSpacing.row * pixelSpacing.column;
  }
  return { labels, lesions: [lesion] };
}

const answers = {
  load: () => ({ engine: 'a stand-in' }),
  predict: ({ film: { data, width, height, pixelSpacing }, keep }) => {
    const brightest = data instanceof Uint16Array ? 65535 : 255;
    const foreground = Float32Array.from(data, (level) => level / brightest);
    const largestProbability = foreground.reduce((a, b) => Math.max(a, b), 0);
    const predicted = { foreground, width, height, pixelSpacing };
    if (keep) {
      kept = { ...predicted, foreground: foreground.slice() };
    }
    return { ...mark(predicted, 0.5), foreground, presence: largestProbability, largestProbability };
  },
  mark: (threshold) => mark(kept, threshold),
  // The classifier takes the brightest level for a probability, and looks at one of four by five places, another for each class.
  classify: ({ film: { data }, classIndex }) => {
    const brightest = data.reduce((a, b) => Math.max(a, b), 0) / (data instanceof Uint16Array ? 65535 : 255);
    const explained = classIndex ?? Number(brightest >= 0.5);
    const map = new Float32Array(20);
    map[explained === 1 ? 9 : 19] = 1;
    return { probabilities: [1 - brightest, brightest], classIndex: explained, map, mapWidth: 4, mapHeight: 5 };
  },
};

addEventListener('message', ({ data: { id, question, argument } }) => {
  postMessage({ id, answer: answers[question](argument) });
});

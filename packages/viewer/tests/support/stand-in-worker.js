/** A model's worker for tests: a grey level is a probability, and all that is above the cut-off is one lesion. */

let kept;

function mark({ foreground, width }, threshold) {
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
  return { labels, lesions: [lesion] };
}

const answers = {
  load: () => ({ engine: 'a stand-in' }),
  predict: ({ film: { data, width, height }, keep }) => {
    const brightest = data instanceof Uint16Array ? 65535 : 255;
    const foreground = Float32Array.from(data, (level) => level / brightest);
    const largestProbability = foreground.reduce((a, b) => Math.max(a, b), 0);
    const predicted = { foreground, width, height };
    if (keep) {
      kept = { ...predicted, foreground: foreground.slice() };
    }
    return { ...mark(predicted, 0.5), foreground, presence: largestProbability, largestProbability };
  },
  mark: (threshold) => mark(kept, threshold),
};

addEventListener('message', ({ data: { id, question, argument } }) => {
  postMessage({ id, answer: answers[question](argument) });
});

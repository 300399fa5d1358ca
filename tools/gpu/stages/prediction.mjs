/**
 * The segmenter of `@fractura/fracatlas-models` on drawn films, as its network and as the graph model that web pages run: WebGPU's
 * probabilities and presence against those of the WASM engine, and the seconds of a film.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { useEngine } from '@fractura/tfjs-engine';
import { saveState } from '@fractura/tfjs-training';
import { encodeGraphModel, loadNetwork, predictLogits } from '@fractura/unet-model';
import { loadGraphNetwork } from '../../../packages/nnunet/src/page/graph-network.ts';
import { drawFilm } from '../films.mjs';
import { record } from '../record.mjs';

// From `.gpu/app/dist` in the repository.
const folder = fileURLToPath(new URL('../../../packages/fracatlas-models/models/segmenter', import.meta.url));
const readJson = (name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));

export async function run({ tiny }) {
  const edge = tiny ? 64 : 448;
  const patchSize = tiny ? [64, 64] : readJson('plans.json').configurations['2d'].patch_size;
  const films = Array.from({ length: tiny ? 1 : 4 }, (_, seed) => drawFilm(seed, edge));
  const { device } = await useEngine({ prefer: 'webgpu' });
  const network = await load();
  const graph = await asGraph(network, patchSize);
  const predict = (name, predicting, mirrorAxes = []) => timed(name, predicting, { films, patchSize, mirrorAxes });
  const found = {
    network: await predict(`network, ${device}`, network),
    graph: await predict(`graph model, ${device}`, graph),
  };
  if (!tiny) {
    await predict(`network, mirrored as by default, ${device}`, network, [0, 1]);
  }

  await useEngine({ prefer: 'wasm' });
  const expected = await predict('network, WASM engine', await load());
  for (const [kind, predictions] of Object.entries(found)) {
    const largest = (key) =>
      predictions.reduce((most, { [key]: values }, i) => Math.max(most, differenceOf(values, expected[i][key])), 0);
    record(
      `${kind} on WebGPU against WASM, ${films.length} films`,
      `probabilities differ by ${largest('probabilities').toExponential(1)} at most, presence by ${largest('presence').toExponential(1)}`,
    );
  }
  const highest = expected.map(({ probabilities }) =>
    probabilities.reduce((most, value) => Math.max(most, value), 0).toFixed(3),
  );
  record('highest probabilities of the films on WASM', highest.join(', '));
}

const load = () =>
  loadNetwork({
    folder: `${folder}/fold_0`,
    plans: readJson('plans.json'),
    configuration: '2d',
    datasetJson: readJson('dataset.json'),
  });

async function asGraph(network, patchSize) {
  const { architecture, inputChannels, outputChannels } = network;
  const weights = await saveState(network);
  const { modelJson, shards } = encodeGraphModel({ architecture, inputChannels, outputChannels, weights, patchSize });
  const [{ paths, weights: weightSpecs }] = modelJson.weightsManifest;
  const weightData = Uint8Array.from(Buffer.concat(paths.map((path) => shards.get(path)))).buffer;
  return loadGraphNetwork(
    { load: () => Promise.resolve({ ...modelJson, weightSpecs, weightData }) },
    { inputChannels, outputChannels },
  );
}

/** Predicts each film, the first of them once more before. */
async function timed(name, network, { films, patchSize, mirrorAxes }) {
  const seconds = [];
  const predictions = [];
  for (const { data, shape } of [films[0], ...films]) {
    const begin = performance.now();
    const { logits, presence } = await predictLogits({ networks: [network], data, shape, patchSize, mirrorAxes });
    seconds.push((performance.now() - begin) / 1000);
    predictions.push({
      probabilities: foregroundProbabilities(logits),
      presence: presence === undefined ? [] : [...presence],
    });
  }
  const [first, ...warm] = seconds;
  record(
    `film of ${films[0].shape.slice(2).join(' x ')}, ${name}`,
    `${first.toFixed(2)} s the first, ${median(warm).toFixed(3)} s then`,
    {
      seconds,
    },
  );
  return predictions.slice(1);
}

/** Softmax of two classes, `[2, pixels]`. */
function foregroundProbabilities(logits) {
  const pixels = logits.length / 2;
  return Float64Array.from({ length: pixels }, (_, i) => 1 / (1 + Math.exp(logits[i] - logits[pixels + i])));
}

const differenceOf = (a, b) => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

import { labelsOfProbabilities } from '@fractura/nnunet-planner';
import { readLabels, resolveConfiguration } from '@fractura/nnunet-format';
import { useEngine } from '@fractura/tfjs-engine/page';
import {
  answerRequests,
  type Film,
  type FilmPrediction,
  type Marked,
  type MessageScope,
  type ModelAnswers,
} from '@fractura/viewer';
import { foregroundProbability } from '../cutoff/foreground-probability.js';
import type { PredictingModel } from '../model/predicting-model.js';
import type { ModelConversion } from '../prediction/conversion-of-model.js';
import { predictFilm } from '../prediction/predict-film.js';
import { presenceOf } from '../prediction/presence-of.js';
import { radiographProbabilities } from '../prediction/radiograph-probabilities.js';
import { findLesions } from '../radiographs/find-lesions.js';
import { loadGraphNetwork } from './graph-network.js';
import { openPageClassifier, type FilmClassifier } from './open-page-classifier.js';
import type { PageInference } from './page-inference.js';

/** The viewer's model worker: `predict --image` in a page, by the same functions. */

const engineWords = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' } as const;

let loaded: { model: PredictingModel; conversion: ModelConversion; classify?: FilmClassifier } | undefined;
/** The prediction that will be marked again. */
let kept: PredictedFilm | undefined;

/** On the film's own pixels: `[classes, height, width]`, and `[height, width]`. */
interface PredictedFilm {
  probabilities: Float32Array;
  foreground: Float32Array;
  width: number;
  height: number;
  pixelSpacing?: Film['pixelSpacing'];
}

/** The model, which the page loads first. */
const requireModel = () => {
  if (loaded === undefined) {
    throw new Error('The model is not loaded.');
  }
  return loaded;
};

function mark({ probabilities, ...film }: PredictedFilm, threshold: number | undefined): Marked {
  const { datasetJson } = requireModel().model;
  const labels = labelsOfProbabilities(probabilities, readLabels(datasetJson), threshold);
  return { labels, lesions: findLesions({ labels, ...film }, datasetJson) };
}

async function predict(
  { film, keep }: { film: Film; keep: boolean },
  onProgress: (progress: { done: number; total: number }) => void,
): Promise<FilmPrediction> {
  const { model, conversion } = requireModel();
  const predicted = await predictFilm({
    model,
    conversion,
    film,
    onProgress: ({ windowsDone, windows }) => {
      onProgress({ done: windowsDone, total: windows });
    },
  });
  const labels = readLabels(model.datasetJson);
  const probabilities = radiographProbabilities(predicted);
  const foreground = foregroundProbability(probabilities, labels);
  const { width, height, pixelSpacing } = film;
  const onFilm: PredictedFilm = { probabilities, foreground, width, height };
  if (pixelSpacing !== undefined) {
    onFilm.pixelSpacing = pixelSpacing;
  }
  if (keep) {
    kept = onFilm;
  }
  return {
    ...presenceOf(predicted, labels),
    ...mark(onFilm, predicted.threshold),
    // What is answered moves to the page.
    foreground: foreground.slice(),
  };
}

const answers: ModelAnswers = {
  load: async ({ threshold, inference }) => {
    const { networks, conversion, inputChannels, outputChannels, classifier, ...described } =
      inference as PageInference;
    const { name, device } = await useEngine({ wasmPath: './' });
    const channels = { inputChannels, outputChannels };
    loaded = {
      model: {
        ...described,
        plan: resolveConfiguration(described.plans, described.configuration),
        threshold: threshold ?? undefined,
        networks: await Promise.all(networks.map((url) => loadGraphNetwork(url, channels))),
      },
      conversion,
    };
    // Shaders are compiled and kernels warmed up before the first film comes.
    const film = { data: Uint8Array.from({ length: 64 * 64 }, (_, i) => i % 251), width: 64, height: 64 };
    await predict({ film, keep: false }, () => undefined);
    if (classifier !== undefined) {
      loaded.classify = await openPageClassifier(classifier);
      await loaded.classify(film);
    }
    return { engine: `${engineWords[name as keyof typeof engineWords]} (${device})` };
  },
  predict,
  mark: (threshold) => Promise.resolve(mark(kept!, threshold ?? undefined)),
  classify: ({ film, classIndex }) => requireModel().classify!(film, classIndex),
};

answerRequests(globalThis as unknown as MessageScope, answers);

import { cropToPlacement, placeInFrame, prepareImage } from '@fractura/radiograph/page';
import { openClassifier } from '@fractura/resnet18-classifier';
import type { StateTensor } from '@fractura/tfjs-training';
import type { Film, FilmClassification } from '@fractura/viewer';
import * as tf from '@tensorflow/tfjs';
import type { PageClassifier } from './page-inference.js';

/** Judges films in a page by the functions of `classify predict` and `classify explain`. */
export type FilmClassifier = (film: Film, classIndex?: number) => Promise<FilmClassification>;

/** Loads a classifier in a page's worker. */
export async function openPageClassifier({ description, weights, file }: PageClassifier): Promise<FilmClassifier> {
  const response = await fetch(file);
  const tensors = tf.io.decodeWeights(await response.arrayBuffer(), weights);
  const state = new Map<string, StateTensor>();
  for (const [name, tensor] of Object.entries(tensors)) {
    state.set(name, { shape: tensor.shape, data: (await tensor.data()) as Float32Array });
  }
  tf.dispose(tensors);
  const classifier = openClassifier(description, state);
  // Only classifiers of image files are written into pages.
  const preparation = description.preparation!;
  return async (film, classIndex) => {
    const source = { data: film.data, width: film.width, height: film.height, channels: 1 };
    const sample = { id: 'the film', image: () => prepareImage(source, preparation) };
    const [{ probabilities, heatmap, classIndex: explained }] = await classifier.explain([sample], { classIndex });
    const place = placeInFrame(film, preparation, preparation.fit ?? 'stretch');
    const map = cropToPlacement(heatmap, preparation, place);
    return { probabilities, classIndex: explained, map, mapWidth: place.width, mapHeight: place.height };
  };
}

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { prepareRadiograph, type RadiographPreparation } from '@fractura/radiograph';
import type { CrossValidatedFilm } from '../comparison/cross-validate.js';
import { detailFactor, filmInput, type FilmInput } from '../comparison/film-inputs.js';
import { filmName } from '../comparison/read-scores.js';
import { cacheImages } from '../data/cache-images.js';
import type { ClassifierImage, ClassifierSample } from '../data/classifier-sample.js';
import { readProbabilityMap } from '../images/read-probability-map.js';
import { signatureOf } from './cache-files.js';

export interface CacheInputsOptions {
  inputs: readonly FilmInput[];
  images: string;
  /** Needed for all inputs but the image. */
  maps: string | undefined;
  preparation: RadiographPreparation;
  cutoff: number;
  folder: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

/** The films as each input shows them, in a cache on disk. */
export async function cacheInputs(
  films: readonly CrossValidatedFilm[],
  { inputs, images, maps, preparation, cutoff, folder, signal, onProgress }: CacheInputsOptions,
): Promise<Map<FilmInput, ClassifierSample[]>> {
  const cached = new Map<FilmInput, ClassifierSample[]>();
  const ofFilm = signatureOf(images, preparation);
  for (const [place, input] of inputs.entries()) {
    const read = async (id: string): Promise<ClassifierImage> => {
      const file = join(images, id);
      const film = await prepareRadiograph(file, preparation);
      if (input === 'image') {
        return film;
      }
      const map = await readProbabilityMap(maps!, filmName(id), preparation);
      const { data: detail } = input === 'crop' ? await prepareRadiograph(file, finer(preparation)) : film;
      return filmInput(input, { ...film, film: film.data, map, detail }, cutoff);
    };
    const ofMap = (id: string) =>
      ['npy', 'png'].map((ending) => {
        const found = statSync(join(maps ?? '', `${filmName(id)}.${ending}`), { throwIfNoEntry: false });
        return [found?.size ?? null, found?.mtimeMs ?? null];
      });
    const samples = await cacheImages<ClassifierSample>(
      films.map(({ id, label }) => ({ id, label, image: () => read(id) })),
      {
        folder,
        signature: (sample) =>
          input === 'image'
            ? ofFilm(sample)
            : JSON.stringify([input, cutoff, detailOf(input), ofFilm(sample), ofMap(sample.id)]),
        signal,
        onProgress: ({ done, total }) => onProgress?.({ done: place * total + done, total: inputs.length * total }),
      },
    );
    cached.set(input, samples);
  }
  return cached;
}

const finer = (preparation: RadiographPreparation): RadiographPreparation => ({
  ...preparation,
  width: detailFactor * preparation.width,
  height: detailFactor * preparation.height,
});

/** Cached crops of another detail are others. */
const detailOf = (input: FilmInput): number => (input === 'crop' ? detailFactor : 1);

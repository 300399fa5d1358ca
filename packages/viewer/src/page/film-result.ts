import type { Film, FilmClassification, FilmPrediction, Finding } from '../model/model-answers.js';
import type { ViewerModel } from '../model/viewer-model.js';
import type { OpenedFilm } from './decoding/decode-film.js';

/** A film's result as `predictions.json` of `fractura predict --image` has it, and what a classifier says beside it. */
export interface FilmResult {
  file: string;
  /** Pixels of the upright film. */
  width: number;
  height: number;
  presence: number;
  presenceHead?: number;
  largestProbability: number;
  /** Probability above which a pixel is foreground; null where each pixel has its most probable class. */
  threshold: number | null;
  lesions: Finding[];
  /** Probabilities by class; absent where the page has no classifier. */
  classifier?: Record<string, number>;
}

/** A film's result at a cut-off. */
export function filmResult(
  file: string,
  { width, height }: Film,
  {
    prediction: { presence, presenceHead, largestProbability, lesions },
    threshold,
  }: { prediction: Omit<FilmPrediction, 'labels' | 'foreground'>; threshold: number | null },
): FilmResult {
  const result: FilmResult = { file, width, height, presence, largestProbability, threshold, lesions };
  if (presenceHead !== undefined) {
    result.presenceHead = presenceHead;
  }
  return result;
}

/** Puts what the classifier says into a result. */
export function addClassification(
  result: FilmResult,
  { probabilities }: FilmClassification,
  { classifier }: ViewerModel,
): void {
  const named = classifier!.classes.map((name, index): [string, number] => [name, probabilities[index]]);
  result.classifier = Object.fromEntries(named);
}

/** What the user should know of how a film was read and measured, as sentences. */
export function notesOf({ notes, pixelSpacing }: OpenedFilm): string[] {
  const scale =
    pixelSpacing?.at === 'detector' ? ['Areas are measured at the detector, which is larger than life.'] : [];
  return [...notes, ...scale];
}

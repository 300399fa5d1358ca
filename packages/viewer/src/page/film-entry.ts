import type { Finding } from '../model/model-answers.js';

/** What is kept of every film: the file, and what was found; pixels only of the one that is shown. */
export interface FilmEntry {
  id: number;
  name: string;
  file: Blob;
  state: 'waiting' | 'working' | 'done' | 'failed';
  thumbnail?: string;
  /** One sentence. */
  failure?: string;
  result?: FilmResult;
}

/** A film's result as `predictions.json` of `fractura predict --image` has it. */
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
  lesions: (Finding & { areaMm2?: number })[];
}

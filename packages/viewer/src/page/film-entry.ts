import type { FilmResult } from './film-result.js';

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

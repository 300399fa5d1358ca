import { answerRequests, type MessageScope } from '../model/answer-requests.js';
import { decodeFilm, type OpenedFilm } from './decoding/decode-film.js';

/** What the worker that opens files is asked for. */
export interface DecodeAnswers {
  /** Decodes a file to grey levels. */
  open: (argument: { file: Blob; name: string }) => Promise<OpenedFilm>;
}

const answers: DecodeAnswers = { open: ({ file, name }) => decodeFilm(file, name) };

answerRequests(globalThis as unknown as MessageScope, answers);

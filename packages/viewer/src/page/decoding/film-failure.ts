/** Why a file cannot be shown, as one sentence that begins with its name. */
export class FilmFailure extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.name = 'FilmFailure';
  }
}

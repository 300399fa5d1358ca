import { parseCsv, readTextFile } from '@fractura/array-files';
import { reasonOf } from '@fractura/errors';
import { Resnet18ClassifierError } from '../errors.js';
import type { CrossValidatedFilm } from './cross-validate.js';

/** A film of a table. */
export interface TableFilm extends CrossValidatedFilm {
  /** What it belongs to, by column. */
  strata: Record<string, string>;
}

/**
 * Reads a CSV table of films: the columns `file` and `label`, and any of `group` and `fold`; a column `split` is passed over, and every
 * other one is a part that films belong to, such as `view`. Ids are the files.
 *
 * @param positive the label of the films that show the sign; all others have one and the same other label
 * @returns the films and the two labels
 * @throws Resnet18ClassifierError `labels-invalid`, naming the row
 */
export async function readFilms(
  path: string,
  positive: string,
): Promise<{ films: TableFilm[]; classNames: [negative: string, positive: string] }> {
  const invalid = (what: string, cause?: unknown) =>
    new Resnet18ClassifierError(`${path} ${what}.`, {
      code: 'labels-invalid',
      remedy: 'Give a CSV table with a heading, the columns file and label, two labels, and each file once.',
      cause,
    });
  let rows: Partial<Record<string, string>>[];
  try {
    rows = parseCsv(await readTextFile(path)).rows;
  } catch (cause) {
    throw invalid(`cannot be read as a table: ${reasonOf(cause)}`, cause);
  }
  const seen = new Set<string>();
  const films = rows.map(({ file, label, group, fold, ...others }, n): TableFilm => {
    const where = `in row ${n + 1}`;
    if (!file || !label) {
      throw invalid(`has no ${file ? 'label' : 'file'} ${where}`);
    }
    if (seen.has(file)) {
      throw invalid(`names ${file} again ${where}`);
    }
    seen.add(file);
    const film: TableFilm = { id: file, label: label === positive ? 1 : 0, strata: {} };
    if (group) {
      film.group = group;
    }
    if (fold !== undefined) {
      film.fold = Number(fold);
      if (fold === '' || !Number.isSafeInteger(film.fold) || film.fold < 0) {
        throw invalid(`has the fold "${fold}" ${where}`);
      }
    }
    for (const [name, value] of Object.entries(others)) {
      if (value && name !== 'split') {
        film.strata[name] = value;
      }
    }
    return film;
  });
  const labels = [...new Set(rows.map(({ label }) => label!))];
  const negative = labels.find((label) => label !== positive);
  if (labels.length !== 2 || negative === undefined || !labels.includes(positive)) {
    throw invalid(`has the labels ${labels.join(', ')}, not ${positive} and one other`);
  }
  return { films, classNames: [negative, positive] };
}

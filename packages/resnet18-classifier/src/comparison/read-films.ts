import { readTableOfFiles } from '../images/read-table-of-files.js';
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
  const remedy = 'Give a CSV table with a heading, the columns file and label, two labels, and each file once.';
  const labels = new Set<string>();
  const { rows: films, invalid } = await readTableOfFiles(path, remedy, ({ file, label, others, invalid: ofRow }) => {
    const { group, fold, ...parts } = others;
    labels.add(label);
    const film: TableFilm = { id: file, label: label === positive ? 1 : 0, strata: {} };
    if (group) {
      film.group = group;
    }
    if (fold !== undefined) {
      film.fold = Number(fold);
      if (fold === '' || !Number.isSafeInteger(film.fold) || film.fold < 0) {
        throw ofRow(`has the fold "${fold}"`);
      }
    }
    for (const [name, value] of Object.entries(parts)) {
      if (value && name !== 'split') {
        film.strata[name] = value;
      }
    }
    return film;
  });
  const negative = [...labels].find((label) => label !== positive);
  if (labels.size !== 2 || negative === undefined || !labels.has(positive)) {
    throw invalid(`has the labels ${[...labels].join(', ')}, not ${positive} and one other`);
  }
  return { films, classNames: [negative, positive] };
}

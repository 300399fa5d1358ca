import { Resnet18ClassifierError } from '../errors.js';
import type { ScoredCase } from './case-scores.js';
import type { ScoreRow, ScoreTable } from './read-scores.js';

/** Films that everything is known of, and how many are left out since something is not. */
export interface JoinedScores {
  cases: ScoredCase[];
  leftOut: { id: string; lacks: string }[];
}

/**
 * Brings together what several files say of the same films. Files with the same judges add films, such as the folds of a
 * cross-validation, whose films have the file's place as their fold where none is said; files with others add judges.
 *
 * @param files in the order in which they were given
 * @throws Resnet18ClassifierError `scores-invalid` where two files contradict each other; `set-empty` where no film, or no label, is left
 */
export function joinScores(files: readonly { file: string; table: ScoreTable }[]): JoinedScores {
  const judgesOf = ({ table }: { table: ScoreTable }) => [
    ...new Set([...table.values()].flatMap((row) => Object.keys(row.scores))),
  ];
  const byJudges = new Map<string, number>();
  const films = new Map<string, ScoreRow>();
  for (const each of files) {
    const judges = judgesOf(each);
    const key = JSON.stringify([...judges].sort());
    const place = byJudges.get(key) ?? 0;
    byJudges.set(key, place + 1);
    // One file of a kind is no fold.
    const isFold =
      judges.length > 0 && files.filter((other) => JSON.stringify(judgesOf(other).sort()) === key).length > 1;
    for (const [name, row] of each.table) {
      const own = isFold && row.fold === undefined ? { ...row, fold: place } : row;
      films.set(name, merged(films.get(name), own, `${each.file} contradicts an earlier file about ${name}`));
    }
  }
  const judges = [...new Set(files.flatMap(judgesOf))];
  const hasFolds = [...films.values()].some(({ fold }) => fold !== undefined);
  const joined: JoinedScores = { cases: [], leftOut: [] };
  for (const [id, { label, scores, ...rest }] of films) {
    const absent = judges.find((judge) => scores[judge] === undefined);
    if (label === undefined) {
      joined.leftOut.push({ id, lacks: 'a label' });
    } else if (absent !== undefined) {
      joined.leftOut.push({ id, lacks: `the score ${absent}` });
    } else if (hasFolds && rest.fold === undefined) {
      joined.leftOut.push({ id, lacks: 'a fold' });
    } else {
      joined.cases.push({ id, label, scores, ...rest });
    }
  }
  if (judges.length === 0 || new Set(joined.cases.map(({ label }) => label)).size < 2) {
    throw new Resnet18ClassifierError('The files have no films of both labels with every score.', {
      code: 'set-empty',
      remedy:
        'Give files that name the same films; labels are those of predictions.json of validations, or of a CSV table.',
    });
  }
  return joined;
}

/** @throws Resnet18ClassifierError `scores-invalid` */
function merged(before: ScoreRow | undefined, row: ScoreRow, contradiction: string): ScoreRow {
  if (before === undefined) {
    return row;
  }
  const clashes = [
    ...(['label', 'group', 'fold'] as const).filter(
      (name) => before[name] !== undefined && row[name] !== undefined && before[name] !== row[name],
    ),
    ...Object.keys(row.scores).filter(
      (name) => before.scores[name] !== undefined && before.scores[name] !== row.scores[name],
    ),
  ];
  if (clashes.length > 0) {
    throw new Resnet18ClassifierError(`${contradiction}: its ${clashes[0]} is another one.`, {
      code: 'scores-invalid',
      remedy: 'Give each film once, or alike.',
    });
  }
  return {
    ...before,
    ...row,
    scores: { ...before.scores, ...row.scores },
    strata: { ...before.strata, ...row.strata },
  };
}

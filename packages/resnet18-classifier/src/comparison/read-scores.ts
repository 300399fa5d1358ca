import { basename, extname } from 'node:path';
import { parseCsv, readTextFile } from '@fractura/array-files';
import { reasonOf } from '@fractura/errors';
import { Resnet18ClassifierError } from '../errors.js';

/** What one file says of one film; what it does not say is absent. */
export interface ScoreRow {
  label?: 0 | 1;
  group?: string;
  fold?: number;
  scores: Record<string, number>;
  strata: Record<string, string>;
}

/** By the film's name: its file's without folder and ending. */
export type ScoreTable = Map<string, ScoreRow>;

/** The name of a film: that of its file without folder and ending. */
export const filmName = (file: string): string => basename(file, extname(file));

/**
 * Reads what a file says of films:
 *
 * - a CSV table with a column `file` (or `case`), and any of `label` (0 or 1), `group`, `fold`; every other column is a judge's
 *   probability where all its cells are numbers from 0 to 1, and else a part that films belong to, such as `view`;
 * - JSON of a fold's validation, `{ CASE: { reference, largest, presence } }` with the pixels of the reference: the judges `largest
 *   probability` and `presence head`, the label, and the part `lesion size`;
 * - JSON of radiographs, `[{ file, presenceHead, largestProbability }]`: the same judges, without labels.
 *
 * @throws Resnet18ClassifierError `scores-invalid`, naming the file and the row or case
 */
export async function readScores(file: string): Promise<ScoreTable> {
  const invalid = (what: string, cause?: unknown) =>
    new Resnet18ClassifierError(`${file} ${what}.`, {
      code: 'scores-invalid',
      remedy:
        'Give a CSV table with a column file and probabilities of judges, or predictions.json of a fold’s validation or of radiographs.',
      cause,
    });
  const text = await readTextFile(file);
  if (extname(file).toLowerCase() !== '.json') {
    return readTable(text, invalid);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid(`is no JSON: ${reasonOf(cause)}`, cause);
  }
  if (Array.isArray(value)) {
    return readRadiographs(value, invalid);
  }
  if (typeof value !== 'object' || value === null) {
    throw invalid('is neither an object nor a list');
  }
  return readFold(value as Record<string, unknown>, invalid);
}

type Invalid = (what: string, cause?: unknown) => Error;

function readTable(text: string, invalid: Invalid): ScoreTable {
  let table: ReturnType<typeof parseCsv>;
  try {
    table = parseCsv(text);
  } catch (cause) {
    throw invalid(`cannot be read as a table: ${reasonOf(cause)}`, cause);
  }
  const { columns, rows } = table;
  const named = columns.find((column) => column === 'file' || column === 'case');
  if (named === undefined || rows.length === 0) {
    throw invalid(named === undefined ? 'has no column file' : 'has no rows');
  }
  const others = columns.filter((column) => ![named, 'label', 'group', 'fold'].includes(column));
  const isScore = new Set(others.filter((column) => rows.every((row) => isProbability(row[column]))));
  const found: ScoreTable = new Map();
  rows.forEach((row, n) => {
    const name = filmName(row[named]);
    const where = `in row ${n + 1}`;
    if (name === '' || found.has(name)) {
      throw invalid(name === '' ? `names no file ${where}` : `names ${row[named]} again ${where}`);
    }
    const own: ScoreRow = { scores: {}, strata: {} };
    if (row.label !== undefined) {
      own.label = labelOf(row.label, () => invalid(`has the label "${row.label}" ${where}`));
    }
    if (row.fold !== undefined) {
      own.fold = Number(row.fold);
      if (row.fold === '' || !Number.isSafeInteger(own.fold) || own.fold < 0) {
        throw invalid(`has the fold "${row.fold}" ${where}`);
      }
    }
    if (row.group !== undefined && row.group !== '') {
      own.group = row.group;
    }
    for (const column of others) {
      if (isScore.has(column)) {
        own.scores[column] = Number(row[column]);
      } else if (row[column] !== '') {
        own.strata[column] = row[column];
      }
    }
    found.set(name, own);
  });
  return found;
}

const isProbability = (cell: string) => cell !== '' && Number(cell) >= 0 && Number(cell) <= 1;

function labelOf(cell: string, otherwise: () => Error): 0 | 1 {
  if (cell === '0' || cell === '1') {
    return cell === '1' ? 1 : 0;
  }
  throw otherwise();
}

function readFold(cases: Record<string, unknown>, invalid: Invalid): ScoreTable {
  return new Map(
    Object.entries(cases).map(([name, value]) => {
      const { reference, largest, presence } = (value ?? {}) as Record<string, unknown>;
      if (typeof reference !== 'number' || typeof largest !== 'number') {
        throw invalid(`has no numbers "reference" and "largest" of ${name}`);
      }
      const row: ScoreRow = { label: reference > 0 ? 1 : 0, scores: { 'largest probability': largest }, strata: {} };
      if (Array.isArray(presence) && presence.length > 0) {
        row.scores['presence head'] = Math.max(...(presence as number[]));
      }
      if (reference > 0) {
        row.strata['lesion size'] = sizeOf(reference);
      }
      return [filmName(`${name}.`), row];
    }),
  );
}

/** By the side of a square of as many pixels of the segmenter's film. */
function sizeOf(pixels: number): string {
  const side = Math.sqrt(pixels);
  return side < 16 ? 'below 16 x 16 pixels' : side < 32 ? 'from 16 x 16 pixels' : 'from 32 x 32 pixels';
}

function readRadiographs(films: readonly unknown[], invalid: Invalid): ScoreTable {
  const found: ScoreTable = new Map();
  films.forEach((value, n) => {
    const { file, presenceHead, largestProbability, error } = (value ?? {}) as Record<string, unknown>;
    if (error !== undefined) {
      return;
    }
    if (typeof file !== 'string' || typeof largestProbability !== 'number') {
      throw invalid(`has no "file" and "largestProbability" in entry ${n + 1}`);
    }
    const row: ScoreRow = { scores: { 'largest probability': largestProbability }, strata: {} };
    if (typeof presenceHead === 'number') {
      row.scores['presence head'] = presenceHead;
    }
    found.set(filmName(file), row);
  });
  return found;
}

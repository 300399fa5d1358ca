import { expect, test } from '@jest/globals';
import type { AtlasRecord } from '@fractura/fracatlas-loader';
import { foldsOfFilms } from '../../src/stages/judge-films.js';

const record = (n: number): AtlasRecord => ({
  id: `IMG${n}`,
  file: `IMG${n}.jpg`,
  path: `IMG${n}.jpg`,
  bytes: 1,
  fractured: n % 2 === 1,
  width: 8,
  height: 8,
  orientation: 1,
  channels: 1,
  annotations: [],
  bodyParts: [],
  views: [],
  hardware: false,
  multiscan: false,
  fractureCount: 0,
});
const records = Array.from({ length: 30 }, (_, n) => record(n));
const files = records.map(({ file }) => file);

/** Ten films in two folds; the rest trained nothing, of which 10 belongs together with 0, and 11 with 12. */
const splits = {
  seed: 3,
  groups: [
    [files[0], files[10]],
    [files[11], files[12]],
    ...files
      .slice(1, 10)
      .concat(files.slice(13))
      .map((file) => [file]),
  ],
  folds: [
    { train: files.slice(5, 10), val: files.slice(0, 5) },
    { train: files.slice(0, 5), val: files.slice(5, 10) },
  ],
};

test('every usable film is judged by one fold that has not seen it', () => {
  const judged = foldsOfFilms({ records }, splits, [files[20]]);
  expect(judged.map(({ record: { file } }) => file)).toEqual(files.filter((file) => file !== files[20]));
  for (const { record: film, fold } of judged) {
    expect(splits.folds[fold].train).not.toContain(film.file);
  }
});

test('what belongs together is judged by one fold, and the films that no fold has seen evenly by all', () => {
  const judged = foldsOfFilms({ records }, splits, []);
  const foldOf = new Map(judged.map(({ record: { file }, fold }) => [file, fold]));
  expect(foldOf.get(files[10])).toBe(foldOf.get(files[0]));
  expect(foldOf.get(files[11])).toBe(foldOf.get(files[12]));
  const counts = [0, 1].map((fold) => judged.filter((film) => film.fold === fold).length);
  expect(Math.abs(counts[0] - counts[1])).toBeLessThanOrEqual(2);
  expect(new Set(judged.map(({ group }) => group)).size).toBe(splits.groups.length);
});

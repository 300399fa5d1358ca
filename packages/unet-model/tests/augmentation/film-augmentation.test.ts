import { RandomState } from '@fractura/python-compat';
import { expect, test } from '@jest/globals';
import { augmentFilm, type FilmAugmentation } from '../../src/augmentation/film-augmentation.js';
import { placeFilm, type Film } from '../../src/augmentation/place-film.js';
import { resampleFilm, type FilmTransform } from '../../src/augmentation/resample-film.js';
import { filmAugmentation } from '../support/film-augmentation.js';
import { largestDifference } from '../support/layout.js';

const still: FilmTransform = { angle: 0, magnification: 1, mirrorY: false, mirrorX: false, shiftY: 0, shiftX: 0 };

/** Two channels without two equal values, and a label of its own for each pixel. */
function makeFilm(height: number, width: number): Film {
  const pixels = height * width;
  return {
    data: Float32Array.from({ length: 2 * pixels }, (_, v) => Math.sin(12.9898 * (v + 1))),
    shape: [2, 1, height, width],
    segmentation: Int16Array.from({ length: pixels }, (_, v) => v + 1),
  };
}

/** The labels, row by row. */
const rowsOf = (labels: Int16Array, width: number): number[][] =>
  Array.from({ length: labels.length / width }, (_, y) => [...labels.subarray(y * width, (y + 1) * width)]);

test.each([
  ['a film of the patch’s size', [8, 10]],
  ['a smaller film', [4, 6]],
  ['a larger film', [12, 14]],
  ['a film that is smaller along y and larger along x', [6, 12]],
])('resampling %s without a movement is to place it', (_, [height, width]) => {
  const film = makeFilm(height, width);
  expect(resampleFilm(film, [1, 8, 10], still)).toEqual(placeFilm(film, [1, 8, 10]));
});

test('a film of odd size in an even patch lies half a pixel off: values between two pixels, the labels of one', () => {
  const film: Film = { data: Float32Array.of(2, 4, 8), shape: [1, 1, 1, 3], segmentation: Int16Array.of(1, 2, 3) };
  const { image, labels } = resampleFilm(film, [1, 1, 4], still);
  expect([...image]).toEqual([1, 3, 6, 4]);
  expect([...labels]).toEqual([1, 2, 3, -1]);
});

test.each([
  [8, 8],
  [7, 7],
])('mirroring a film of %d x %d is exact', (height, width) => {
  const film = makeFilm(height, width);
  const size = [1, height, width];
  const straight = rowsOf(resampleFilm(film, size, still).labels, width);
  const upsideDown = resampleFilm(film, size, { ...still, mirrorY: true });
  expect(rowsOf(upsideDown.labels, width)).toEqual([...straight].reverse());
  const leftRight = resampleFilm(film, size, { ...still, mirrorX: true });
  expect(rowsOf(leftRight.labels, width)).toEqual(straight.map((row) => [...row].reverse()));
  // Labels are the numbers of the pixels, so that they tell where each value comes from.
  for (const { image, labels } of [upsideDown, leftRight]) {
    const pixels = height * width;
    expect([...image]).toEqual([0, 1].flatMap((c) => Array.from(labels, (label) => film.data[c * pixels + label - 1])));
  }
});

test.each([
  [8, 8],
  [7, 7],
])('four quarter turns of a film of %d x %d bring it back, each exact to rounding', (height, width) => {
  const film = makeFilm(height, width);
  const size = [1, height, width];
  const turned = resampleFilm(film, size, { ...still, angle: Math.PI / 2 });
  const straight = rowsOf(Int16Array.from(film.segmentation), width);
  // Row r, column c takes the film at row W - 1 - c, column r.
  expect(rowsOf(turned.labels, width)).toEqual(straight.map((row, r) => row.map((_, c) => straight[width - 1 - c][r])));
  let sample = film;
  for (let quarter = 0; quarter < 4; quarter += 1) {
    const { image, labels } = resampleFilm(sample, size, { ...still, angle: Math.PI / 2 });
    sample = { data: image, shape: film.shape, segmentation: labels };
  }
  expect(largestDifference(sample.data, film.data)).toBeLessThan(1e-6);
  expect(sample.segmentation).toEqual(film.segmentation);
});

test('a magnification of 2 leaves a constant as it is, and shows the middle half of the film', () => {
  const film = makeFilm(8, 8);
  const constant = { ...film, data: film.data.map(() => 0.75) };
  const { image, labels } = resampleFilm(constant, [1, 8, 8], { ...still, magnification: 2 });
  expect(new Set(image)).toEqual(new Set([0.75]));
  const middle = rowsOf(Int16Array.from(film.segmentation), 8)
    .slice(2, 6)
    .map((row) => row.slice(2, 6));
  expect(new Set(labels)).toEqual(new Set(middle.flat()));
});

test('a magnification of one half leaves a border of zeros, labelled -1, around the film', () => {
  const film = makeFilm(8, 8);
  const constant = { ...film, data: film.data.map(() => 1) };
  const { image, labels } = resampleFilm(constant, [1, 8, 8], { ...still, magnification: 0.5 });
  const inside = (v: number) => [Math.floor(v / 8), v % 8].every((at) => at >= 2 && at < 6);
  labels.forEach((label, v) => {
    expect({ v, inside: label > 0, value: image[v] }).toEqual({ v, inside: inside(v), value: inside(v) ? 1 : 0 });
  });
});

test('a shift moves by whole pixels of the film, and what it uncovers is labelled -1', () => {
  const film = makeFilm(4, 4);
  const { labels } = resampleFilm(film, [1, 4, 4], { ...still, shiftY: 1, shiftX: -2 });
  expect(rowsOf(labels, 4)).toEqual([
    [-1, -1, 5, 6],
    [-1, -1, 9, 10],
    [-1, -1, 13, 14],
    [-1, -1, -1, -1],
  ]);
});

const augmentation = filmAugmentation(1);

test('an augmentation follows from its seed alone, and leaves the film as it was', () => {
  const film = makeFilm(10, 9);
  const before = { data: film.data.slice(), segmentation: film.segmentation.slice() };
  const once = augmentFilm(film, [1, 8, 8], new RandomState(3), augmentation);
  expect(augmentFilm(film, [1, 8, 8], new RandomState(3), augmentation)).toEqual(once);
  expect(augmentFilm(film, [1, 8, 8], new RandomState(4), augmentation).image).not.toEqual(once.image);
  expect({ data: film.data, segmentation: film.segmentation }).toEqual(before);
});

test('an augmentation that changes nothing is to place the film', () => {
  const nothing: FilmAugmentation = {
    mirrorAxes: [],
    rotation: 0,
    scale: [1, 1],
    shift: 0,
    gamma: [1, 1, 0],
    contrast: [1, 1, 0],
    noise: [0, 0],
  };
  const film = makeFilm(6, 8);
  const { image, labels } = augmentFilm(film, [1, 8, 8], new RandomState(1), nothing);
  const placed = placeFilm(film, [1, 8, 8]);
  expect([...image]).toEqual([...placed.image]);
  expect([...labels]).toEqual([...placed.labels]);
});

test('a film larger than the patch is seen in all its parts', () => {
  const film = makeFilm(8, 32);
  const calm: FilmAugmentation = { ...augmentation, rotation: 0, scale: [1, 1], shift: 0 };
  const seen = new Set<number>();
  for (let seed = 0; seed < 60; seed += 1) {
    augmentFilm(film, [1, 8, 8], new RandomState(seed), calm).labels.forEach((label) => seen.add(label));
  }
  expect(seen.has(-1)).toBe(false);
  expect(seen.size).toBe(8 * 32);
});

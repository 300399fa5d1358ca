import { readLabels } from '@fractura/nnunet-format';
import { expect, test } from '@jest/globals';
import { filmBatches } from '../../src/batches/film-batches.js';
import type { Batch } from '../../src/batches/batch.js';
import type { BatchContext, BatchMethod, FilmMethod } from '../../src/batches/batch-method.js';
import { BatchSupply } from '../../src/batches/batch-supply.js';
import { shareCase } from '../../src/data/shared-case.js';
import type { PreprocessedCase } from '../../src/index.js';
import { placeFilm } from '../../src/augmentation/place-film.js';
import { filmAugmentation } from '../support/film-augmentation.js';
import { emptyFilms } from '../support/empty-films.js';
import { toyCases, toyDatasetJson } from '../support/toy-dataset.js';

const context = (cases: readonly PreprocessedCase[], batchSize = 8): BatchContext => ({
  cases,
  labels: readLabels(toyDatasetJson),
  batchSize,
  patchSize: [16, 16],
  scales: [
    [1, 1],
    [0.5, 0.5],
  ],
  seed: 5,
});
const augmentation = filmAugmentation(0.5);

/** Which of the cases each sample of a batch without augmentation is, by its pixels. */
function casesIn({ image, imageShape }: Batch, cases: readonly PreprocessedCase[]): string[] {
  const pixels = imageShape[1] * imageShape[2];
  const ids = new Map(cases.map((film) => [placeFilm(film, [1, 16, 16]).image.join(), film.id]));
  return Array.from({ length: imageShape[0] }, (_, n) => ids.get(image.slice(n * pixels, (n + 1) * pixels).join())!);
}

const films = [...toyCases(5), ...emptyFilms(7)];
const draw = (method: Omit<FilmMethod, 'kind'>, cases: readonly PreprocessedCase[] = films, batchSize = 8) => {
  const make = filmBatches(context(cases, batchSize), { kind: 'films', ...method });
  return (number: number) => casesIn(make(number), cases);
};
const lesionsOf = (ids: readonly string[]) => ids.filter((id) => id.startsWith('toy'));
const emptiesOf = (ids: readonly string[]) => ids.filter((id) => id.startsWith('empty'));

test.each([
  [5 / 8, 5],
  [0.5, 4],
  [0.01, 1],
  [1, 8],
])('a share of %d of eight films with a lesion is %d films', (lesionShare, count) => {
  const idsOf = draw({ lesionShare });
  for (const number of [0, 1, 17]) {
    expect(lesionsOf(idsOf(number))).toHaveLength(count);
  }
});

test('every film of either kind comes once before any comes again, in another order each time', () => {
  const idsOf = draw({ lesionShare: 5 / 8 });
  const drawn = Array.from({ length: 7 }, (_, number) => idsOf(number)).flat();
  const [lesions, empties] = [lesionsOf(drawn), emptiesOf(drawn)];
  const rounds = (ids: string[], size: number) =>
    Array.from({ length: Math.floor(ids.length / size) }, (_, r) => ids.slice(r * size, (r + 1) * size));
  expect(rounds(lesions, 5).map((round) => new Set(round).size)).toEqual(Array(7).fill(5));
  expect(rounds(empties, 7).map((round) => new Set(round).size)).toEqual([7, 7, 7]);
  expect(new Set(rounds(lesions, 5).map((round) => round.join())).size).toBeGreaterThan(1);
});

test('a batch depends on its number alone, not on the batches before it', () => {
  const inOrder = filmBatches(context(films), { kind: 'films', lesionShare: 0.5, augmentation });
  const expected = [0, 1, 2, 3, 4].map(inOrder);
  const backwards = filmBatches(context(films), { kind: 'films', lesionShare: 0.5, augmentation });
  expect([4, 3, 2, 1, 0].map(backwards).reverse()).toEqual(expected);
});

test('films of one kind alone fill the batches, whatever the share', () => {
  const lesions = toyCases(3);
  expect(lesionsOf(draw({ lesionShare: 0.25 }, lesions)(0))).toHaveLength(8);
  const empties = emptyFilms(3);
  expect(emptiesOf(draw({ lesionShare: 0.75 }, empties)(2))).toHaveLength(8);
});

test('without a share the films come in their order, over and over', () => {
  const idsOf = draw({}, films, 5);
  expect([0, 1, 2].flatMap(idsOf)).toEqual([...films, ...films].slice(0, 15).map(({ id }) => id));
});

test('labels outside a film count as background, at both sizes', () => {
  const small: PreprocessedCase = {
    id: 'small',
    data: new Float32Array(16).fill(1),
    shape: [1, 1, 4, 4],
    segmentation: new Int8Array(16).fill(1),
    classLocations: { '1': [0, 0, 0, 0] },
  };
  const { image, levels, imageShape } = filmBatches(context([small], 1), { kind: 'films' })(0);
  expect(imageShape).toEqual([1, 16, 16, 1]);
  expect(levels.map(({ shape }) => shape)).toEqual([
    [1, 16, 16],
    [1, 8, 8],
  ]);
  expect(levels.map(({ labels }) => [...new Set(labels)].sort())).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(image.reduce((sum, value) => sum + value, 0)).toBe(16);
  expect(levels[0].labels.reduce((sum, label) => sum + label, 0)).toBe(16);
  expect(levels[1].labels.reduce((sum, label) => sum + label, 0)).toBe(4);
});

test('gives the same batches whatever the number of threads', async () => {
  const shared = films.map(shareCase);
  const sources = [
    { ...context(shared), method: { kind: 'films', lesionShare: 5 / 8, augmentation } satisfies BatchMethod },
    { ...context(shared), method: { kind: 'films' } satisfies BatchMethod },
  ];
  const order = Array.from({ length: 6 }, (_, number) => ({ source: number % 2, number }));
  const takeAll = async (workers: number) => {
    const supply = new BatchSupply({ sources, order, workers });
    const batches: Batch[] = [];
    while (batches.length < order.length) {
      batches.push(await supply.next());
    }
    await supply.close();
    return batches;
  };
  const alone = await takeAll(0);
  expect(await takeAll(2)).toEqual(alone);
  expect(alone[0].image).not.toEqual(alone[2].image);
});

test.each([0, -0.5, 1.25, NaN])('refuses a share of %d', (lesionShare) => {
  expect(() => filmBatches(context(films), { kind: 'films', lesionShare })).toThrow(
    expect.objectContaining({ code: 'share-invalid', message: expect.stringContaining(String(lesionShare)) }),
  );
});

test('refuses patches of three dimensions', () => {
  const volumes = { ...context(films), patchSize: [8, 16, 16] };
  expect(() => filmBatches(volumes, { kind: 'films' })).toThrow(
    expect.objectContaining({ code: 'patch-not-flat', message: expect.stringContaining('8 x 16 x 16') }),
  );
});

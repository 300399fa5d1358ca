import { RandomState } from '@fractura/python-compat';
import { deriveSeed } from '@fractura/seeded-random';
import { augmentFilm } from '../augmentation/film-augmentation.js';
import { placeFilm } from '../augmentation/place-film.js';
import type { PreprocessedCase } from '../data/preprocessed-case.js';
import { UnetModelError } from '../errors.js';
import { assembleBatch } from './batch.js';
import type { BatchContext, BatchMaker, FilmMethod } from './batch-method.js';
import { CaseDeck, hasForeground } from './draw-cases.js';

/**
 * Batches of whole films. With a share, cases of each kind are gone through in random order, all before any comes again.
 *
 * @throws UnetModelError `patch-not-flat`, `share-invalid`
 */
export function filmBatches(context: BatchContext, { lesionShare, augmentation }: FilmMethod): BatchMaker {
  const { patchSize, scales, seed } = context;
  if (patchSize.length !== 2) {
    throw new UnetModelError(`Whole films are two-dimensional; the patch is ${patchSize.join(' x ')}.`, {
      code: 'patch-not-flat',
      remedy: 'Train a 2d configuration, or choose a recipe of patches such as nnunet.',
    });
  }
  const drawCases = lesionShare === undefined ? inTurn(context) : byShare(context, lesionShare);
  const size = [1, ...patchSize];
  return (number) => {
    const samples = drawCases(number).map((film, j) => {
      if (!augmentation) {
        return placeFilm(film, size);
      }
      return augmentFilm(film, size, new RandomState(deriveSeed(seed, number, j)), augmentation);
    });
    return assembleBatch(samples, scales);
  };
}

function inTurn({ cases, batchSize }: BatchContext) {
  return (number: number): PreprocessedCase[] =>
    Array.from({ length: batchSize }, (_, j) => cases[(number * batchSize + j) % cases.length]);
}

function byShare({ cases, labels, batchSize, seed }: BatchContext, lesionShare: number) {
  if (!(lesionShare > 0 && lesionShare <= 1)) {
    throw new UnetModelError(`A share of ${lesionShare} of films with a lesion is not possible.`, {
      code: 'share-invalid',
      remedy: 'Give a share above 0 and at most 1, such as 0.625.',
    });
  }
  const lesions = cases.filter((each) => hasForeground(each, labels));
  const empty = cases.filter((each) => !hasForeground(each, labels));
  const wanted = Math.max(1, Math.round(batchSize * lesionShare));
  const lesionCount = empty.length === 0 ? batchSize : lesions.length === 0 ? 0 : wanted;
  const [lesionDeck, emptyDeck] = [
    new CaseDeck(lesions, deriveSeed(seed, 1)),
    new CaseDeck(empty, deriveSeed(seed, 2)),
  ];
  return (number: number): PreprocessedCase[] =>
    Array.from({ length: batchSize }, (_, j) =>
      j < lesionCount
        ? lesionDeck.at(number * lesionCount + j)
        : emptyDeck.at(number * (batchSize - lesionCount) + j - lesionCount),
    );
}

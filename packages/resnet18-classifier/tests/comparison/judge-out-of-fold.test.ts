import { expect, test } from '@jest/globals';
import type { ScoredCase } from '../../src/comparison/case-scores.js';
import { compareJudgements } from '../../src/comparison/compare-judgements.js';
import { drawFolds } from '../../src/comparison/draw-folds.js';
import { judgeOutOfFold } from '../../src/comparison/judge-out-of-fold.js';
import { drawsFrom } from '@fractura/seeded-random';

/** Films of which judges a and b know a part each, in pairs of a group, with a size where there is a lesion. */
function films(count: number): ScoredCase[] {
  const { between } = drawsFrom(11);
  return Array.from({ length: count }, (_, i) => {
    const label = i % 4 < 2 ? 0 : 1;
    const noisy = () => Math.min(0.99, Math.max(0.01, 0.35 + 0.2 * label + between(-0.3, 0.3)));
    const film: ScoredCase = {
      id: `film ${i}`,
      label,
      group: String(Math.floor(i / 2)),
      scores: { a: noisy(), b: noisy() },
      strata: label === 1 ? { size: i % 4 === 2 ? 'small' : 'large' } : {},
    };
    return film;
  });
}

test('folds keep groups together and have about as many films of each label', () => {
  const cases = films(120);
  const folds = drawFolds(cases, { folds: 5, seed: 4 });
  for (const [i, { group }] of cases.entries()) {
    expect(folds[cases.findIndex((other) => other.group === group)]).toBe(folds[i]);
  }
  for (const label of [0, 1]) {
    const counts = [0, 1, 2, 3, 4].map((k) => cases.filter((film, i) => film.label === label && folds[i] === k).length);
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(60);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  }
  expect(drawFolds(cases, { folds: 5, seed: 4 })).toEqual(folds);
  expect(drawFolds(cases, { folds: 5, seed: 5 })).not.toEqual(folds);
});

test('more folds than films of a label are refused', () => {
  expect(() => drawFolds(films(8), { folds: 5, seed: 0 })).toThrow(expect.objectContaining({ code: 'folds-invalid' }));
});

test("a film's own label does not reach its judgement", () => {
  const cases = films(60).map((film, i) => ({ ...film, fold: i % 3 }));
  const before = judgeOutOfFold(cases);
  const changed = cases.map((film) => (film.fold === 1 ? { ...film, label: (1 - film.label) as 0 | 1 } : film));
  const after = judgeOutOfFold(changed);
  before.forEach(({ name, cases: judged }, j) => {
    cases.forEach(({ fold }, i) => {
      if (fold === 1) {
        expect({ name, ...after[j].cases[i] }).toEqual({ name, ...judged[i] });
      }
    });
  });
  // The other folds learned from those labels.
  expect(after[3].cases[0].probability).not.toBe(before[3].cases[0].probability);
});

test('judges that each know a part know more together, and the comparison says so', () => {
  const cases = films(400);
  const judgements = judgeOutOfFold(cases, { seeds: [0, 1] });
  expect(judgements.map(({ name }) => name)).toEqual(['a', 'b', 'mean of logits', 'logistic regression']);
  const { judges, differences } = compareJudgements(cases, judgements, { resamples: 200 });
  const [a, , mean] = judges;
  expect(mean.auc.value).toBeGreaterThan(a.auc.value);
  expect(a).toMatchObject({ films: 400, positives: 200 });
  const gain = differences.find(({ first }) => first === 'mean of logits')!;
  expect(gain).toMatchObject({ second: 'a', verdict: 'different' });
  expect(gain.delong.value).toBeCloseTo(mean.auc.value - a.auc.value, 12);
  expect(gain.bootstrap.lower).toBeGreaterThan(0);
  expect(gain.p).toBeLessThan(0.05);
  const { onlyFirst, onlySecond } = gain.mcnemar;
  expect(onlyFirst - onlySecond).toBe(Math.round(400 * (mean.accuracy.value - a.accuracy.value)));
});

test('a part that has positive films alone is set against all negative ones', () => {
  const cases = films(80);
  const { judges } = compareJudgements(cases, judgeOutOfFold(cases, { seeds: [0] }), { resamples: 10 });
  const expected = ['large', 'small'].map((value) => ({
    stratum: 'size',
    value,
    films: 60,
    positives: 20,
    against: 'all',
  }));
  expect(judges[0].strata).toMatchObject(expected);
});

test('a judge that differs by rounding alone brings no gain', () => {
  const cases = films(80).map((film) => ({ ...film, scores: { a: film.scores.a, same: film.scores.a } }));
  const { differences } = compareJudgements(cases, judgeOutOfFold(cases, { seeds: [0] }), { resamples: 10 });
  expect(differences[0]).toMatchObject({ first: 'same', verdict: 'no gain', p: 1 });
});
